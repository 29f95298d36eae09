package org.citybrain.dispatch.deadline;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.PostgresTaskRow;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Incidents that were verified and that nobody has closed, in dispatch.incident. */
@Component
class PostgresVerifiedIncidents {

    /** Expects incident_verified. What was verified since the last look has no moment yet. */
    private static final String FIND = """
            select id
            from dispatch.incident
            where status = 'VERIFIED' and (close_at is null or close_at <= :now) and id <> all (:without)
            limit :most
            """;

    /** Expects the primary key of dispatch.incident. */
    private static final String CELLS = """
            select id, correlation_cell from dispatch.incident where id = any (:ids)
            """;

    /**
     * Its cell as well, as whoever closes an incident does: no report is being merged into it meanwhile. First the cell, then the incident, row
     * by row and without a table, so that no more is locked than asked for: a condition on one table of a join is tried on every row of it.
     */
    private static final String LOCK = """
            select id
            from unnest(:ids::uuid[], :cells::bigint[], :keys::bigint[]) as incident (id, cell, key)
            where case when pg_try_advisory_xact_lock(cell) then pg_try_advisory_xact_lock(key) else false end
            limit :most
            """;

    /** Expects the primary keys of dispatch.incident and dispatch.incident_event. */
    private static final String READ = """
            select i.id, coalesce(i.level, i.scope) as rule, i.grading_version, i.routing_version, i.correlation_version,
                   i.catalogue_version,
                   (select max(e.recorded_at) from dispatch.incident_event e
                    where e.incident_id = i.id and e.kind = 'VERIFIED') as verified_at
            from dispatch.incident i
            where i.id = any (:ids) and i.status = 'VERIFIED'
            """;

    /** Expects the primary key of dispatch.incident, as the next two do. */
    private static final String WAIT = """
            update dispatch.incident i
            set close_at = coalesce(w.until, 'infinity'::timestamptz)
            from json_to_recordset(:waiting::json) as w (id uuid, until timestamptz)
            where i.id = w.id
            """;

    private static final String CLOSE = """
            update dispatch.incident
            set version = version + 1, status = 'CLOSED', closed_at = :now, changed_at = :now
            where id = any (:ids)
            """;

    /** Expects the primary key of dispatch.task. What is still open is done with its incident. */
    private static final String COMPLETE_TASKS = """
            update dispatch.task
            set version = version + 1, status = 'COMPLETED', changed_by = 'rule:deadline', changed_at = :now
            where incident_id = any (:ids) and status not in ('COMPLETED', 'RETURNED')
            returning incident_id, %s
            """.formatted(PostgresTaskRow.COLUMNS);

    private final JdbcClient jdbc;

    PostgresVerifiedIncidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<UUID> find(Instant now, int most, Collection<UUID> without) {
        return jdbc.sql(FIND)
                .param("now", Timestamp.from(now))
                .param("without", without.toArray(UUID[]::new))
                .param("most", most)
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    List<UUID> lock(Collection<UUID> incidents, int most) {
        Map<UUID, Long> cells = new LinkedHashMap<>();
        jdbc.sql(CELLS).param("ids", incidents.toArray(UUID[]::new)).query(row -> {
            cells.put(row.getObject("id", UUID.class), row.getLong("correlation_cell"));
        });
        return jdbc.sql(LOCK)
                .param("ids", cells.keySet().toArray(UUID[]::new))
                .param("cells", cells.values().toArray(Long[]::new))
                .param("keys", cells.keySet().stream().map(IncidentId::lockKey).toArray(Long[]::new))
                .param("most", most)
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    List<Verified> read(Collection<UUID> incidents) {
        return jdbc.sql(READ)
                .param("ids", incidents.toArray(UUID[]::new))
                .query((row, i) -> {
                    Timestamp verifiedAt = row.getTimestamp("verified_at");
                    return new Verified(
                            row.getObject("id", UUID.class),
                            row.getString("rule"),
                            new PolicyVersions(
                                    row.getInt("grading_version"),
                                    row.getInt("routing_version"),
                                    row.getInt("correlation_version"),
                                    row.getInt("catalogue_version")),
                            verifiedAt == null ? null : verifiedAt.toInstant());
                })
                .list();
    }

    void await(List<Waiting> waiting) {
        jdbc.sql(WAIT)
                .param("waiting", MessageJson.MAPPER.writeValueAsString(waiting))
                .update();
    }

    /**
     * Closes them.
     *
     * @return by incident the tasks that were still open and are completed with it
     */
    Map<UUID, List<TaskState>> close(List<UUID> incidents, Instant now) {
        UUID[] ids = incidents.toArray(UUID[]::new);
        Timestamp at = Timestamp.from(now);
        jdbc.sql(CLOSE).param("ids", ids).param("now", at).update();
        Map<UUID, List<TaskState>> completed = new HashMap<>();
        jdbc.sql(COMPLETE_TASKS).param("ids", ids).param("now", at).query(row -> {
            completed
                    .computeIfAbsent(row.getObject("incident_id", UUID.class), id -> new ArrayList<>())
                    .add(PostgresTaskRow.read(row));
        });
        return completed;
    }

    /** @param until when it is looked at again; absent: never, for no rule closes it */
    record Waiting(UUID id, @Nullable Instant until) {}

    /** @param verifiedAt by the timeline */
    record Verified(
            UUID id,
            String rule,
            PolicyVersions policies,
            @Nullable Instant verifiedAt) {}
}
