package org.citybrain.api.task;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.incident.TypeNames;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What one unit is to do about one incident.
 *
 * @param version of the task, also the {@code ETag}
 * @param incident what it is about, for a list that shows it
 * @param unit the handling unit
 * @param acknowledgeBy null for notices
 * @param dueFrom since when the deadline runs that is {@code dueAt}: since the task was given, or got a tighter or a new one
 * @param dueAt which deadline runs out next, or ran out first: to acknowledge while it is {@code DISPATCHED}, to resolve until it is
 *     done; null where nobody waits for it
 * @param situationReportBy of the command of a grave incident: when the unit has to report on the situation next; else null
 * @param digest a notice that may wait for the next digest
 * @param department whose task it is; null for the unit's own
 * @param board of a street's own task: which of its four boards the incident's type belongs to; else null
 * @param allowed the commands that the reader may send now, as in their paths
 */
public record Task(
        UUID id,
        UUID incidentId,
        About incident,
        int version,
        Tier tier,
        GovernanceUnit unit,
        TaskRole role,
        TaskStatus status,
        Instant dispatchedAt,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant resolveBy,
        @Nullable Instant dueFrom,
        @Nullable Instant dueAt,
        @Nullable Instant situationReportBy,
        boolean digest,
        @Nullable CalledDepartment department,
        @Nullable String board,
        List<String> allowed) {

    public Task {
        allowed = List.copyOf(allowed);
    }

    /**
     * The incident of a task.
     *
     * @param number readable, by day: {@code 20261123-000017}
     * @param version the incident's own
     * @param level null for everyday matters
     * @param scope null for all others
     * @param location in WGS-84
     * @param grid the grid that it lies in
     */
    @Schema(name = "TaskIncident")
    public record About(
            String number,
            String type,
            TypeNames typeNames,
            IncidentStatus status,
            int version,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            Position location,
            GovernanceUnit grid) {}
}
