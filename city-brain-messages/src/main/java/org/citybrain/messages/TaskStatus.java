package org.citybrain.messages;

/** The state of a dispatch task. */
public enum TaskStatus {
    DISPATCHED,
    ACKNOWLEDGED,
    IN_PROGRESS,
    REPORTED_BACK,
    COMPLETED,
    RETURNED
}
