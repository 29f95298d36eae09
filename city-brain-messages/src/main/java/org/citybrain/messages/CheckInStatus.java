package org.citybrain.messages;

/** What became of a department's summons to an incident. */
public enum CheckInStatus {
    /** Somebody whistled, and the department has not come yet. */
    SUMMONED,
    CHECKED_IN,
    /** It has said what it did. */
    SERVED,
    /** Whoever whistled has said whether that was effective. */
    RATED,
    /** It did not come in time, nor in the time after that in which it would only have been late. */
    ABSENT,
    /** The incident ended before the check-in was due. */
    RELEASED;

    public boolean isEnded() {
        return this == RATED || this == ABSENT || this == RELEASED;
    }
}
