package org.citybrain.api.parked;

/** The state of a parked report. */
public enum ParkedStatus {
    /** Waits for a person. */
    PARKED,
    /** A person had it processed again, and it went through. */
    RETRIED,
    /** A person put it aside for good. */
    DISCARDED
}
