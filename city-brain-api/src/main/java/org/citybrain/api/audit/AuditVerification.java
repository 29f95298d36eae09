package org.citybrain.api.audit;

import java.util.List;

/**
 * Whether the trail is whole.
 *
 * @param intact no fault was found
 * @param lines how many lines were read
 * @param head the sequence of the newest
 * @param anchors how many heads were written down outside the database and compared
 * @param faults the first hundred
 */
record AuditVerification(boolean intact, long lines, long head, int anchors, List<Fault> faults) {

    AuditVerification {
        faults = List.copyOf(faults);
    }

    enum FaultKind {
        /** A line that is not as it was written. */
        CHANGED,
        /** Lines from this sequence on that are not there, though later ones are. */
        MISSING,
        /** The newest lines are not there any more. */
        CUT_OFF
    }

    /** @param sequence the first line that it concerns */
    record Fault(FaultKind kind, long sequence, String detail) {}
}
