package org.citybrain.messages;

/** The state of an incident; an incident is stored when it has been dispatched, so the steps before have no state here. */
public enum IncidentStatus {
    DISPATCHED,
    ACKNOWLEDGED,
    IN_PROGRESS,
    CONTAINED,
    RESOLVED,
    VERIFIED,
    CLOSED,
    FALSE_ALARM,
    /** Became part of another incident. */
    MERGED
}
