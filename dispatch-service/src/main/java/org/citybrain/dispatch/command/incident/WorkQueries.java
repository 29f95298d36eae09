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
     * Expects the primary key of dispatch.incident_event, in one partition for each: the lines of one incident, of those that were merged into it,
     * and up to then of the one that it was split from.
     *
     * <p>{@code offset 0} keeps the planner from joining all timelines: it takes an incident of which it knows nothing for a two-hundredth of
     * all lines.
     */
    static final String LAST = """
            with recursive part (incident_id, until) as (
                select :incident::uuid, 9223372036854775807
                union
                select line.other, line.until
                from part p
                cross join lateral (
                    select case e.kind when 'TOOK_IN' then e.detail ->> 'incident' else e.detail ->> 'splitFrom' end::uuid as other,
                           case e.kind when 'TOOK_IN' then p.until else e.sequence end as until
                    from dispatch.incident_event e
                    where e.incident_id = p.incident_id and e.sequence < p.until
                      and (e.kind = 'TOOK_IN' or (e.kind = 'OPENED' and e.detail ->> 'splitFrom' is not null))
                    offset 0) as line
            )
            select line.kind
            from part p
            cross join lateral (
                select e.kind, e.sequence
                from dispatch.incident_event e
                where e.incident_id = p.incident_id and e.sequence < p.until and e.actor = :actor
                  and e.kind in ('ACKNOWLEDGED', 'STARTED', 'ARRIVED', 'REPORTED_BACK', 'COMPLETED', 'CONTAINED', 'RESOLVED',
                                 'CHECKED_IN', 'SERVED')
                offset 0) as line
            where line.sequence > coalesce((select max(sequence) from dispatch.incident_event
                                            where incident_id = :incident and kind = 'REOPENED'), 0)
            order by line.sequence desc
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
