package org.citybrain.api.rehearsal;

/** The state of a rehearsal. */
public enum RehearsalStatus {
    /** Runs, or waits for its turn: its progress is 0 then. */
    RUNNING,
    DONE,
    /** Its failure says why. */
    FAILED,
    CANCELLED
}
