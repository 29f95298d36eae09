package org.citybrain.dispatch.delegate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Delegations in dispatch.delegation, and what they add to an incident. */
@Component
class PostgresDelegations {

    /** Expects the primary key of dispatch.delegation. */
    private static final String FIND = """
            select id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at, requested_by, requested_unit,
                   decided_at, decided_by, decided_unit, decision_reason, task_id
            from dispatch.delegation
            where id = :id
            """;

    /** Expects delegation_once. */
    private static final String FIND_STANDING = """
            select id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at, requested_by, requested_unit,
                   decided_at, decided_by, decided_unit, decision_reason, task_id
            from dispatch.delegation
            where incident_id = :incident_id and grid_code = :grid_code and status <> 'REFUSED'
            """;

    /** As row-level security has it for readers. Expects the primary key of dispatch.incident. */
    private static final String SEES = """
            select exists (select from dispatch.incident where id = :id and visible_to @> array[:unit::text])
            """;

    private static final String INSERT = """
            insert into dispatch.delegation (id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at, requested_by,
                                             requested_unit)
            values (:id, :incident_id, :grid_code, :reason, :budget_yuan, :manual, :status, :requested_at, :requested_by, :requested_unit)
            """;

    private static final String DECIDE = """
            update dispatch.delegation
            set status = :status, decided_at = :decided_at, decided_by = :decided_by, decided_unit = :decided_unit,
                decision_reason = :decision_reason, task_id = :task_id
            where id = :id and status = 'REQUESTED'
            """;

    private static final String INSERT_TASK = """
            insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by,
                                       digest)
            values (:incident_id, :id, :version, :tier, :unit_code, :role, :status, :dispatched_at, :acknowledge_by, :resolve_by, false)
            """;

    private final JdbcClient jdbc;
    private final IncidentTimeline timeline;

    PostgresDelegations(JdbcClient jdbc, IncidentTimeline timeline) {
        this.jdbc = jdbc;
        this.timeline = timeline;
    }

    Optional<Delegation> find(UUID id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query(PostgresDelegations::delegation)
                .optional();
    }

    /** The one for this grid that waits or was approved. */
    Optional<Delegation> findStanding(UUID incidentId, String gridCode) {
        return jdbc.sql(FIND_STANDING)
                .param("incident_id", incidentId)
                .param("grid_code", gridCode)
                .query(PostgresDelegations::delegation)
                .optional();
    }

    /** Whether an incident lies in the subtree of a unit or was dispatched to it. */
    boolean sees(UUID incidentId, String unit) {
        return jdbc.sql(SEES)
                .param("id", incidentId)
                .param("unit", unit)
                .query(Boolean.class)
                .single();
    }

    void insert(Delegation delegation) {
        jdbc.sql(INSERT)
                .param("id", delegation.id())
                .param("incident_id", delegation.incidentId())
                .param("grid_code", delegation.gridCode())
                .param("reason", delegation.reason())
                .param("budget_yuan", delegation.budgetYuan())
                .param("manual", delegation.manual())
                .param("status", delegation.status().name())
                .param("requested_at", at(delegation.requestedAt()))
                .param("requested_by", delegation.requestedBy())
                .param("requested_unit", delegation.requestedUnit())
                .update();
    }

    void decide(
            UUID id,
            Delegation.Status status,
            Instant decidedAt,
            String decidedBy,
            String decidedUnit,
            String reason,
            @Nullable UUID taskId) {
        jdbc.sql(DECIDE)
                .param("id", id)
                .param("status", status.name())
                .param("decided_at", at(decidedAt))
                .param("decided_by", decidedBy)
                .param("decided_unit", decidedUnit)
                .param("decision_reason", reason)
                .param("task_id", taskId, Types.OTHER)
                .update();
    }

    void insertTask(UUID incidentId, TaskState task) {
        jdbc.sql(INSERT_TASK)
                .param("incident_id", incidentId)
                .param("id", task.id())
                .param("version", task.version())
                .param("tier", task.tier().name())
                .param("unit_code", task.unitCode())
                .param("role", task.role().name())
                .param("status", task.status().name())
                .param("dispatched_at", at(task.dispatchedAt()))
                .param("acknowledge_by", at(task.acknowledgeBy()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("resolve_by", at(task.resolveBy()), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    void addLine(UUID incidentId, IncidentEventKind kind, String actor, Instant now, Map<String, Object> detail) {
        timeline.tell(
                IncidentTimeline.Line.of(incidentId, kind, actor, MDC.get("traceId"))
                        .telling(detail),
                now);
    }

    private static Delegation delegation(ResultSet row, int number) throws SQLException {
        OffsetDateTime decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        return new Delegation(
                row.getObject("id", UUID.class),
                row.getObject("incident_id", UUID.class),
                row.getString("grid_code"),
                row.getString("reason"),
                row.getLong("budget_yuan"),
                row.getString("manual"),
                Delegation.Status.valueOf(row.getString("status")),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getString("requested_by"),
                row.getString("requested_unit"),
                decidedAt == null ? null : decidedAt.toInstant(),
                row.getString("decided_by"),
                row.getString("decided_unit"),
                row.getString("decision_reason"),
                row.getObject("task_id", UUID.class));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
