package org.citybrain.dispatch.command.incident;

import java.util.Optional;
import java.util.UUID;
import org.citybrain.messages.IncidentEventKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has worked on an incident, by its timeline and those of the incidents that it was made of. */
@Component
class WorkQueries {

    /**
     * Expects the primary key of dispatch.incident_event: the lines of one incident, of those that were merged into it, and up to then of the one
     * that it was split from.
     */
    private static final String LAST = """
            with recursive part (incident_id, until) as (
                select :incident::uuid, 9223372036854775807
                union
                select case e.kind when 'TOOK_IN' then e.detail ->> 'incident' else e.detail ->> 'splitFrom' end::uuid,
                       case e.kind when 'TOOK_IN' then p.until else e.sequence end
                from part p
                join dispatch.incident_event e on e.incident_id = p.incident_id and e.sequence < p.until
                where e.kind = 'TOOK_IN' or (e.kind = 'OPENED' and e.detail ->> 'splitFrom' is not null)
            )
            select e.kind
            from part p
            join dispatch.incident_event e on e.incident_id = p.incident_id and e.sequence < p.until
            where e.actor = :actor
              and e.kind in ('ACKNOWLEDGED', 'STARTED', 'ARRIVED', 'REPORTED_BACK', 'COMPLETED', 'CONTAINED', 'RESOLVED',
                             'CHECKED_IN', 'SERVED')
              and e.sequence > coalesce((select max(sequence) from dispatch.incident_event
                                       where incident_id = :incident and kind = 'REOPENED'), 0)
            order by e.sequence desc
            limit 1
            """;

    private final JdbcClient jdbc;

    WorkQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What somebody has done last on it since it was opened, or opened again. */
    Optional<IncidentEventKind> findLast(UUID incident, String actor) {
        return jdbc.sql(LAST)
                .param("incident", incident)
                .param("actor", actor)
                .query((row, i) -> IncidentEventKind.valueOf(row.getString("kind")))
                .optional();
    }
}
