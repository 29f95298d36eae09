package org.citybrain.dispatch.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The timelines in dispatch.incident_event. */
@Component
class PostgresIncidentTimeline implements IncidentTimeline {

    /**
     * Expects the primary key of dispatch.incident, in one partition for each line: {@code offset 0} keeps the planner, which takes any list for a
     * hundred lines, from reading all incidents for one of them.
     */
    private static final String TELL = """
            insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_before,
                status_after, level, scope, commanding_unit, report_count, people_affected, area_km2, detail, trace_id)
            select i.id, :now, l.kind, i.version, l.actor, coalesce(l.status_before, i.status),
                   i.status, i.level, i.scope, i.commanding_unit, i.report_count, i.people_affected, i.area_km2,
                   l.detail, l.trace_id
            from rows from (json_to_recordset(:lines::json) as (
                    "incidentId" uuid, kind text, actor text, "statusBefore" text, detail json, "traceId" text))
                with ordinality as l (incident_id, kind, actor, status_before, detail, trace_id, place)
            cross join lateral (
                select id, version, status, level, scope, commanding_unit, report_count, people_affected, area_km2
                from dispatch.incident
                where id = l.incident_id
                offset 0) as i
            order by l.place
            """;

    private final JdbcClient jdbc;

    PostgresIncidentTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void tell(List<Line> lines, Instant now) {
        int told = jdbc.sql(TELL)
                .param("now", Timestamp.from(now))
                .param("lines", MessageJson.MAPPER.writeValueAsString(lines))
                .update();
        if (told != lines.size()) {
            throw new IllegalStateException("of " + lines.size() + " lines only " + told + " have an incident");
        }
    }
}
