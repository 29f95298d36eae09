package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts what a simulated span has come to, from what is stored. */
final class CountMonth {

    private static final String OUTCOMES = """
            select outcome, count(*) from dispatch.report group by outcome
            union all select 'DUPLICATE', count(*) from dispatch.duplicate_report having count(*) > 0
            union all select 'PARKED', count(*) from dispatch.parked_report having count(*) > 0
            """;

    private static final String INCIDENTS = "select status, count(*) from dispatch.incident group by status";

    private static final String DEADLINES = """
            select kind || coalesce(' ' || (detail ->> 'deadline'), ''), count(*)
            from dispatch.incident_event
            where kind in ('DEADLINE_NEAR', 'DEADLINE_MISSED', 'ESCALATED', 'SUPERVISED')
            group by 1
            """;

    private static final String MISSED_TWICE = """
            select count(*)
            from (select late ->> 'task', late ->> 'dueAt', e.detail ->> 'deadline'
                  from dispatch.incident_event e cross join json_array_elements(e.detail -> 'of') as late
                  where e.kind = 'DEADLINE_MISSED'
                  group by 1, 2, 3
                  having count(*) > 1) as twice
            """;

    /** Each escalation by the sweep is told with the deadline that was missed: of one task and one moment, once to each unit above. */
    private static final String ESCALATED_TWICE = """
            select count(*)
            from (select late ->> 'task', late ->> 'dueAt', m.detail ->> 'deadline', e.detail ->> 'to'
                  from dispatch.incident_event e cross join json_array_elements_text(e.detail -> 'from') as unit
                  join dispatch.incident_event m on m.incident_id = e.incident_id and m.recorded_at = e.recorded_at and m.kind = 'DEADLINE_MISSED'
                  cross join json_array_elements(m.detail -> 'of') as late
                  where e.kind = 'ESCALATED' and e.actor like 'rule:deadline%'
                    and coalesce(late ->> 'department', late ->> 'unitCode') = unit
                  group by 1, 2, 3, 4
                  having count(*) > 1) as twice
            """;

    private static final String OPEN_TASKS_OF_CLOSED = """
            select count(*)
            from dispatch.task t join dispatch.incident i on i.id = t.incident_id
            where i.closed_at is not null and t.status not in ('COMPLETED', 'RETURNED')
            """;

    private CountMonth() {}

    static MonthResult count(
            MonthQueries queries, ActAsPerson act, long reports, List<UUID> stuck, List<UUID> leftOpen, Duration took) {
        Map<String, Long> outcomes = queries.counts(OUTCOMES);
        return new MonthResult(
                reports,
                outcomes,
                queries.counts(INCIDENTS),
                stuck,
                leftOpen,
                queries.counts(DEADLINES),
                queries.number(MISSED_TWICE),
                queries.number(ESCALATED_TWICE),
                queries.number(OPEN_TASKS_OF_CLOSED),
                act.done(),
                act.refused(),
                took);
    }
}
