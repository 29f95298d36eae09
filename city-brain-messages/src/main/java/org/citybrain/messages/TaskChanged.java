package org.citybrain.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch task's state after a change of its incident.
 *
 * @param incidentVersion the incident's version at that moment
 * @param unitCode the handling unit
 * @param acknowledgeBy absent for notices
 * @param digest a notice that may wait for the next digest
 * @param department whose task it is, serving the unit; absent for the unit's own
 * @param board of a street's own task: which of its four boards the incident's type belongs to
 */
public record TaskChanged(
        UUID id,
        UUID incidentId,
        int version,
        int incidentVersion,
        Tier tier,
        String unitCode,
        TaskRole role,
        TaskStatus status,
        Instant dispatchedAt,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant resolveBy,
        boolean digest,
        @Nullable Department department,
        @Nullable String board) {}
