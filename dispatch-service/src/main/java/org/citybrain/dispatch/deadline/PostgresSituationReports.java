package org.citybrain.dispatch.deadline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When grave incidents are to be reported on next, in dispatch.incident. */
@Component
class PostgresSituationReports {

    /** Expects incident_situation_unplanned and incident_situation_next: one probe of each where nothing is due. */
    private static final String FIND = """
            (select id from dispatch.incident
             where level in ('I', 'II') and status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED')
               and situation_planned_for is distinct from level and id <> all (:without)
             order by id limit :most)
            union
            (select id from dispatch.incident
             where level in ('I', 'II') and status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED')
               and situation_next_at <= :now and id <> all (:without)
             order by situation_next_at limit :most)
            """;

    /** Expects the primary keys of dispatch.incident and dispatch.incident_event. */
    private static final String READ = """
            select i.id, i.level, i.commanding_unit, i.grading_version, i.routing_version, i.correlation_version, i.catalogue_version,
                   i.situation_from, i.situation_planned_for,
                   coalesce((select max(e.recorded_at) from dispatch.incident_event e
                             where e.incident_id = i.id and e.kind in ('OPENED', 'GRADED', 'REGRADED')), i.opened_at) as graded_at,
                   (select max(e.recorded_at) from dispatch.incident_event e
                    where e.incident_id = i.id and e.kind in ('SITUATION_REPORTED', 'REOPENED')) as restarted_at
            from dispatch.incident i
            where i.id = any (:ids) and i.level in ('I', 'II')
              and i.status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED')
            """;

    /** Expects the primary key of dispatch.incident. Its version stays: nothing is changed of it that anybody decides on. */
    private static final String KEEP = """
            update dispatch.incident i
            set situation_planned_for = n.planned_for, situation_from = n.from_at, situation_due_at = n.due_at, situation_next_at = n.next_at
            from json_to_recordset(:next::json) as n (
                id uuid, planned_for text, from_at timestamptz, due_at timestamptz, next_at timestamptz)
            where i.id = n.id
            """;

    private final JdbcClient jdbc;

    PostgresSituationReports(JdbcClient jdbc) {
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

    List<ReportedIncident> read(Collection<UUID> incidents) {
        return jdbc.sql(READ)
                .param("ids", incidents.toArray(UUID[]::new))
                .query((row, i) -> new ReportedIncident(
                        row.getObject("id", UUID.class),
                        row.getString("level"),
                        row.getString("commanding_unit"),
                        new PolicyVersions(
                                row.getInt("grading_version"),
                                row.getInt("routing_version"),
                                row.getInt("correlation_version"),
                                row.getInt("catalogue_version")),
                        instant(row, "situation_from"),
                        row.getString("situation_planned_for"),
                        row.getTimestamp("graded_at").toInstant(),
                        instant(row, "restarted_at")))
                .list();
    }

    void keep(List<ReportedIncident.Next> next) {
        jdbc.sql(KEEP)
                .param(
                        "next",
                        MessageJson.MAPPER.writeValueAsString(
                                next.stream().map(PostgresSituationReports::row).toList()))
                .update();
    }

    private static Map<String, @Nullable Object> row(ReportedIncident.Next next) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", next.id());
        row.put("planned_for", next.plannedFor());
        row.put("from_at", next.from());
        row.put("due_at", next.dueAt());
        row.put("next_at", next.nextAt());
        return row;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
