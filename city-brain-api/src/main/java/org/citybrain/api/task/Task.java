package org.citybrain.api.task;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What one unit is to do about one incident.
 *
 * @param version of the task, also the {@code ETag}
 * @param unit the handling unit
 * @param acknowledgeBy null for notices
 * @param digest a notice that may wait for the next digest
 * @param department whose task it is; null for the unit's own
 * @param board of a street's own task: which of its four boards the incident's type belongs to; else null
 */
public record Task(
        UUID id,
        UUID incidentId,
        int version,
        Tier tier,
        GovernanceUnit unit,
        TaskRole role,
        TaskStatus status,
        Instant dispatchedAt,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant resolveBy,
        boolean digest,
        @Nullable CalledDepartment department,
        @Nullable String board) {}
