package org.citybrain.api.delegation;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request that a grid be given what the item catalogue does not let a grid worker be given, and what became of it.
 *
 * @param id given by whoever asked
 * @param budgetYuan what the grid may spend on it
 * @param manual where the handling manual is, or its title
 * @param requestedBy the account's name
 * @param requestedUnit the unit of whoever asked
 * @param decidedAt null while it waits, as are the other fields of the decision
 * @param taskId the grid's task; null unless it was approved
 */
public record Delegation(
        UUID id,
        UUID incidentId,
        GovernanceUnit grid,
        String reason,
        long budgetYuan,
        String manual,
        DelegationStatus status,
        Instant requestedAt,
        String requestedBy,
        String requestedUnit,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String decidedUnit,
        @Nullable String decisionReason,
        @Nullable UUID taskId) {}
