package org.citybrain.dispatch.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Incidents as they are stored, open or closed. */
@Component
public class PostgresKnownIncidents {

    /**
     * Expects the primary keys of dispatch.incident and dispatch.task, and of the timeline incident_event_of_version, or the primary key
     * for version 1: one line each, however many reports were merged; each of one partition: named by the parameter in all places, so that
     * no other partition is even planned. The first line of a version is what brought it about; a merged report and a receipt never do.
     */
    static final String FIND = """
            select i.id, dispatch.readable_number(i.opened_at, i.number) as number, i.version, i.status, i.level, i.scope,
                   i.corroborated, i.commanding_unit, i.report_count, i.merged_into, i.changed_at, i.type, i.board, i.opened_at,
                   i.correlation_cell, i.visible_to, i.grading_version, i.routing_version, i.correlation_version,
                   i.catalogue_version,
                   coalesce(case when i.version > 1
                                 then (select e.actor from dispatch.incident_event e
                                       where e.incident_id = :id and e.incident_version = i.version and e.incident_version > 1
                                         and e.kind not in ('MERGED', 'NOTIFIED')
                                       order by e.sequence limit 1)
                                 else (select e.actor from dispatch.incident_event e
                                       where e.incident_id = :id
                                       order by e.sequence limit 1) end, 'unknown') as changed_by,
                   array(select distinct t.unit_code from dispatch.task t
                         where t.incident_id = :id and t.role <> 'NOTIFY' and t.status <> 'RETURNED') as working_units
            from dispatch.incident i
            where i.id = :id
            """;

    private final JdbcClient jdbc;

    PostgresKnownIncidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<KnownIncident> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query((row, i) -> incident(row)).optional();
    }

    /** @throws IllegalStateException where there is none */
    public KnownIncident get(UUID id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no incident has the id " + id));
    }

    private static KnownIncident incident(ResultSet row) throws SQLException {
        String level = row.getString("level");
        String scope = row.getString("scope");
        return new KnownIncident(
                new IncidentState(
                        row.getObject("id", UUID.class),
                        row.getString("number"),
                        row.getInt("version"),
                        IncidentStatus.valueOf(row.getString("status")),
                        level == null ? null : Level.valueOf(level),
                        scope == null ? null : HandlingScope.valueOf(scope),
                        row.getBoolean("corroborated"),
                        row.getString("commanding_unit"),
                        row.getInt("report_count"),
                        row.getObject("merged_into", UUID.class),
                        row.getString("changed_by"),
                        row.getTimestamp("changed_at").toInstant()),
                row.getString("type"),
                row.getString("board"),
                row.getTimestamp("opened_at").toInstant(),
                row.getLong("correlation_cell"),
                new PolicyVersions(
                        row.getInt("grading_version"),
                        row.getInt("routing_version"),
                        row.getInt("correlation_version"),
                        row.getInt("catalogue_version")),
                List.of((String[]) row.getArray("working_units").getArray()),
                List.of((String[]) row.getArray("visible_to").getArray()));
    }
}
