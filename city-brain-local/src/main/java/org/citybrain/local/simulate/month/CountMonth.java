package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.department.DepartmentScore;

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

    /** What else was lived through, by kind of line. */
    private static final String HAPPENED = """
            select case when kind = 'REOPENED' and actor like 'rule:%' then 'REOPENED by a later report'
                        when kind = 'RESOLVED' and detail ->> 'force' = 'true' then 'RESOLVED with force'
                        when kind = 'RATED' then 'RATED ' || (detail -> 'checkIns' -> 0 ->> 'rating')
                        when kind = 'CHECKED_IN' and detail -> 'checkIns' -> 0 ->> 'late' = 'true' then 'CHECKED_IN late'
                        else kind end, count(*)
            from dispatch.incident_event
            where kind in ('UNREACHABLE', 'REOPENED', 'RESOLVED', 'REGRADED', 'WHISTLED', 'CHECKED_IN', 'SERVED', 'RATED', 'ABSENT', 'RELEASED')
            group by 1
            union all
            select 'reports of what was closed', count(*)
            from dispatch.report r join dispatch.incident i on i.id = r.incident_id
            where r.outcome = 'OPENED' and r.occurred_at < i.opened_at - interval '30 minutes'
            """;

    /** A person brought it down from II, and back: the city has to report on the situation from then on, and nobody does. */
    private static final String SITUATION_DUE_AGAIN = """
            select count(distinct back.incident_id)
            from dispatch.incident_event eased
            join dispatch.incident_event back on back.incident_id = eased.incident_id and back.sequence > eased.sequence
            join dispatch.incident_event due on due.incident_id = back.incident_id and due.sequence > back.sequence
            where eased.kind = 'REGRADED' and eased.level = 'III' and back.kind = 'REGRADED' and back.level = 'II'
              and due.kind = 'DEADLINE_MISSED' and due.detail ->> 'deadline' = 'SITUATION_REPORT'
            """;

    /** Nobody of the unit could be told of the task: its time is up, and the sweep has to have told so. */
    private static final String UNREACHABLE_UNTOLD = """
            select count(*)
            from dispatch.incident_event u
            where u.kind = 'UNREACHABLE' and u.detail -> 'tasks' is not null
              and not exists (select from dispatch.incident_event e cross join json_array_elements(e.detail -> 'of') as late
                              where e.incident_id = u.incident_id and e.kind = 'DEADLINE_MISSED' and e.detail ->> 'deadline' = 'ACKNOWLEDGE'
                                and late ->> 'task' = u.detail ->> 'task')
            """;

    private CountMonth() {}

    /** @param served departments' scores as city-brain-api answers them */
    static MonthResult count(MonthQueries queries, LiveThrough lived, List<DepartmentScore> served, Duration took) {
        List<UUID> leftOpen = new ArrayList<>();
        List<UUID> stuck = new ArrayList<>();
        for (UUID open : queries.open()) {
            (lived.isLeftOpen(open) ? leftOpen : stuck).add(open);
        }
        return new MonthResult(
                lived.reported(),
                queries.counts(OUTCOMES),
                queries.counts(INCIDENTS),
                stuck,
                leftOpen,
                queries.counts(DEADLINES),
                queries.number(MISSED_TWICE),
                queries.number(ESCALATED_TWICE),
                queries.number(OPEN_TASKS_OF_CLOSED),
                lived.people().done(),
                lived.people().refused(),
                queries.counts(HAPPENED),
                queries.number(SITUATION_DUE_AGAIN),
                queries.number(UNREACHABLE_UNTOLD),
                served,
                AddUpScores.add(queries.summonsLog()),
                took);
    }
}
