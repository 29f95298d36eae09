package org.citybrain.dispatch.delegate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that a grid be given what is off the list, and what became of it.
 *
 * @param id given by whoever asked
 * @param budgetYuan what the grid may spend on it
 * @param manual where the handling manual is, or its title
 * @param requestedBy the account's name
 * @param taskId the grid's task; absent until it is approved
 */
record Delegation(
        UUID id,
        UUID incidentId,
        String gridCode,
        String reason,
        long budgetYuan,
        String manual,
        Status status,
        Instant requestedAt,
        String requestedBy,
        String requestedUnit,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String decidedUnit,
        @Nullable String decisionReason,
        @Nullable UUID taskId) {

    /** Whether somebody asks the same again. */
    boolean isAskedBy(DelegationRequest request, String person) {
        return incidentId.equals(request.incidentId())
                && gridCode.equals(request.grid())
                && reason.equals(request.reason())
                && Long.valueOf(budgetYuan).equals(request.budgetYuan())
                && manual.equals(request.manual())
                && requestedBy.equals(person);
    }

    enum Status {
        REQUESTED,
        APPROVED,
        REFUSED
    }
}
