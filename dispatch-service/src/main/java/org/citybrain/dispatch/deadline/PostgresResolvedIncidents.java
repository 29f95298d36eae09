package org.citybrain.dispatch.deadline;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Incidents that were resolved and that nobody has verified, in dispatch.incident. */
@Component
class PostgresResolvedIncidents {

    /** Expects incident_resolved. What was resolved since the last look has no moment yet. */
    private static final String FIND = """
            select id
            from dispatch.incident
            where status = 'RESOLVED' and (close_at is null or close_at <= :now) and id <> all (:without)
            limit :most
            """;

    /** Expects the primary keys of dispatch.incident and dispatch.incident_event. */
    private static final String READ = """
            select i.id, i.commanding_unit, i.grading_version, i.routing_version, i.correlation_version, i.catalogue_version,
                   coalesce((select max(e.recorded_at) from dispatch.incident_event e
                             where e.incident_id = i.id and e.kind = 'RESOLVED'), i.changed_at) as resolved_at
            from dispatch.incident i
            where i.id = any (:ids) and i.status = 'RESOLVED' and (i.close_at is null or i.close_at <= :now)
            """;

    /** Expects the primary key of dispatch.incident. Its version stays: nothing is changed of it that anybody decides on. */
    private static final String WAIT = """
            update dispatch.incident i
            set close_at = w.until
            from json_to_recordset(:waiting::json) as w (id uuid, until timestamptz)
            where i.id = w.id
            """;

    private final JdbcClient jdbc;
    private final PostgresDueIncidents incidents;

    PostgresResolvedIncidents(JdbcClient jdbc, PostgresDueIncidents incidents) {
        this.jdbc = jdbc;
        this.incidents = incidents;
    }

    List<UUID> find(Instant now, int most, Collection<UUID> without) {
        return jdbc.sql(FIND)
                .param("now", Timestamp.from(now))
                .param("without", without.toArray(UUID[]::new))
                .param("most", most)
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    List<UUID> lock(Collection<UUID> found, int most) {
        return incidents.lock(found, most);
    }

    /** Those of them that are still due. */
    List<Resolved> read(Collection<UUID> found, Instant now) {
        return jdbc.sql(READ)
                .param("ids", found.toArray(UUID[]::new))
                .param("now", Timestamp.from(now))
                .query((row, i) -> new Resolved(
                        row.getObject("id", UUID.class),
                        row.getString("commanding_unit"),
                        new PolicyVersions(
                                row.getInt("grading_version"),
                                row.getInt("routing_version"),
                                row.getInt("correlation_version"),
                                row.getInt("catalogue_version")),
                        row.getTimestamp("resolved_at").toInstant()))
                .list();
    }

    void await(List<Waiting> waiting) {
        jdbc.sql(WAIT)
                .param("waiting", MessageJson.MAPPER.writeValueAsString(waiting))
                .update();
    }

    /** @param until when it is looked at again */
    record Waiting(UUID id, Instant until) {}

    /** @param resolvedAt by the timeline */
    record Resolved(UUID id, String commandingUnit, PolicyVersions policies, Instant resolvedAt) {}
}
