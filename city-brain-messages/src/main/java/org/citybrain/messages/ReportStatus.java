package org.citybrain.messages;

/** What became of a report. */
public enum ReportStatus {
    /** Safe on the topic, not yet processed. */
    RECEIVED,
    /** Opened an incident. */
    OPENED,
    /** Belongs to an incident that was open already. */
    MERGED,
    /** Refused, at the gate or after it, with a reason. */
    REJECTED,
    /** Could not be processed; waits for a person. */
    PARKED
}
