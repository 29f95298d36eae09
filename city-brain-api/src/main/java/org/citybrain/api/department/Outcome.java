package org.citybrain.api.department;

/** How a department came when it was summoned. */
public enum Outcome {
    ON_TIME,
    LATE,
    ABSENT,
    /** It has not come, and may still. Counts nowhere. */
    WAITING,
    /** The incident ended before the check-in was due. Counts nowhere. */
    RELEASED;

    boolean isScored() {
        return this == ON_TIME || this == LATE || this == ABSENT;
    }
}
