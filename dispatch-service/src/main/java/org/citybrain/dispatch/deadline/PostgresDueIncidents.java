package org.citybrain.dispatch.deadline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.PostgresTaskRow;
import org.citybrain.dispatch.deadline.WatchedTask.Deadline;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which incidents the sweep has to look at, and those that it has locked. */
@Component
class PostgresDueIncidents {

    /** Expects task_next_due: the longest overdue first; one probe of each partition where nothing is due. */
    private static final String FIND = """
            select incident_id
            from dispatch.task
            where next_due_at <= :now and incident_id <> all (:without)
            order by next_due_at
            limit :most
            """;

    /**
     * What others hold is passed over, so nobody waits for anybody; reading comes in statements of their own, which see what those have
     * committed who held the locks before.
     */
    private static final String LOCK = """
            select id
            from unnest(:ids::uuid[], :keys::bigint[]) as incident (id, key)
            where pg_try_advisory_xact_lock(key)
            limit :most
            """;

    /** Expects the primary key of dispatch.incident. */
    private static final String READ = """
            select id, status, coalesce(level, scope) as rule, board, grading_version, routing_version, correlation_version,
                   catalogue_version
            from dispatch.incident
            where id = any (:ids)
            """;

    /** Expects the primary keys of dispatch.task and dispatch.incident_event. The warnings' moments are those of next_due_at. */
    private static final String TASKS = """
            select incident_id, %s, acknowledge_warned_for, acknowledge_missed_for, acknowledge_settled_for, resolve_warned_for,
                   resolve_missed_for, resolve_settled_for, alarm_at,
                   ((coalesce(acknowledge_from, dispatched_at) at time zone 'UTC')
                    + 0.8 * (acknowledge_by - coalesce(acknowledge_from, dispatched_at))) at time zone 'UTC' as acknowledge_warn_at,
                   ((coalesce(resolve_from, dispatched_at) at time zone 'UTC')
                    + 0.8 * (resolve_by - coalesce(resolve_from, dispatched_at))) at time zone 'UTC' as resolve_warn_at,
                   status in ('COMPLETED', 'RETURNED') and exists (
                       select from dispatch.incident_event e
                       where e.incident_id = task.incident_id and e.kind = 'REOPENED'
                         and e.recorded_at >= coalesce(task.changed_at, task.dispatched_at)) as closed_before_reopening
            from dispatch.task
            where incident_id = any (:ids)
            order by incident_id, unit_code, department_code nulls first
            """.formatted(PostgresTaskRow.COLUMNS);

    /** Expects task_next_due. */
    private static final String OVERDUE = """
            select count(*) as tasks, min(next_due_at) as oldest from dispatch.task where next_due_at <= :now
            """;

    private final JdbcClient jdbc;

    PostgresDueIncidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The incidents of the tasks that are due, each once.
     *
     * @param most tasks
     * @param without incidents that could not be judged
     */
    Set<UUID> find(Instant now, int most, Collection<UUID> without) {
        return new LinkedHashSet<>(jdbc.sql(FIND)
                .param("now", Timestamp.from(now))
                .param("without", without.toArray(UUID[]::new))
                .param("most", most)
                .query((row, i) -> row.getObject("incident_id", UUID.class))
                .list());
    }

    /** Locks those of these incidents that nobody else has locked, until the transaction ends; at most so many. */
    List<UUID> lock(Collection<UUID> incidents, int most) {
        return jdbc.sql(LOCK)
                .param("ids", incidents.toArray(UUID[]::new))
                .param("keys", incidents.stream().map(IncidentId::lockKey).toArray(Long[]::new))
                .param("most", most)
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    List<WatchedIncident> read(Collection<UUID> incidents) {
        UUID[] ids = incidents.toArray(UUID[]::new);
        Map<UUID, List<WatchedTask>> tasks = new HashMap<>();
        jdbc.sql(TASKS).param("ids", ids).query(row -> {
            tasks.computeIfAbsent(row.getObject("incident_id", UUID.class), id -> new ArrayList<>())
                    .add(task(row));
        });
        return jdbc.sql(READ)
                .param("ids", ids)
                .query((row, i) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new WatchedIncident(
                            id,
                            IncidentStatus.valueOf(row.getString("status")),
                            row.getString("rule"),
                            row.getString("board"),
                            new PolicyVersions(
                                    row.getInt("grading_version"),
                                    row.getInt("routing_version"),
                                    row.getInt("correlation_version"),
                                    row.getInt("catalogue_version")),
                            tasks.getOrDefault(id, List.of()));
                })
                .list();
    }

    /** What waits for the sweep. */
    Overdue overdue(Instant now) {
        return jdbc.sql(OVERDUE)
                .param("now", Timestamp.from(now))
                .query((row, i) -> new Overdue(row.getLong("tasks"), instant(row, "oldest")))
                .single();
    }

    private static WatchedTask task(ResultSet row) throws SQLException {
        return new WatchedTask(
                PostgresTaskRow.read(row),
                deadline(row, "acknowledge"),
                deadline(row, "resolve"),
                instant(row, "alarm_at"),
                row.getBoolean("closed_before_reopening"));
    }

    private static @Nullable Deadline deadline(ResultSet row, String kind) throws SQLException {
        Instant dueAt = instant(row, kind + "_by");
        Instant warnAt = instant(row, kind + "_warn_at");
        if (dueAt == null || warnAt == null) {
            return null;
        }
        boolean missed = dueAt.equals(instant(row, kind + "_missed_for"));
        return new Deadline(
                dueAt,
                warnAt,
                dueAt.equals(instant(row, kind + "_warned_for")),
                missed,
                missed || dueAt.equals(instant(row, kind + "_settled_for")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * @param oldest since when the longest overdue of them waits; absent where there is none
     */
    record Overdue(long tasks, @Nullable Instant oldest) {}
}
