package org.citybrain.api.overview;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.api.overview.Figures.Lines;
import org.citybrain.api.overview.Figures.Opened;
import org.citybrain.api.overview.Overview.Open;
import org.citybrain.api.overview.Overview.PeriodFigures;
import org.citybrain.api.overview.Overview.UnitFigures;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one definition of the overview's figures ({@code docs/overview.md}). Each statement answers for the whole ({@code child} and
 * {@code step} null), for each hour or day ({@code step}) and for each unit below ({@code child}) at once:
 *
 * <ul>
 *   <li>an incident belongs to every unit that it touches or was dispatched to ({@code visible_to});
 *   <li>a task belongs to the unit that has to do it;
 *   <li>what happens belongs to the moment at which the timeline records it; a task's deadline to resolve is judged when its incident is
 *       contained or resolved for the first time.
 * </ul>
 *
 * <p>Figures, never a single incident: so an analyst, who reaches no incident, is answered for their own unit, too.
 */
@Component
class OverviewQueries {

    /**
     * From here to the end of the transaction the connection reads for the unit of which the person may see figures, or for the own one:
     * a department counts what it sees. And whether incidents may be looked up by who sees them: among all of a district's, those
     * of a day or the open ones are looked for longer than among all of that day or all open ones.
     */
    private static final String READ_FIGURES = """
            select set_config('city_brain.unit',
                coalesce(nullif(current_setting('city_brain.aggregates'), ''), current_setting('city_brain.unit')), true),
                set_config('enable_bitmapscan', :byUnit, true)
            """;

    // Index: incident_open_by_cell or incident_open_by_square of each month, which hold the open ones only; for a
    // street or less incident_by_unit, too
    static final String OPEN = """
            with incident as materialized (
                select opened_at, level, scope, length(commanding_unit) as digits, visible_to
                from dispatch.incident_view
                where closed_at is null and visible_to @> array[:unit::text])
            select null as child, level, scope, digits, count(*) as incidents, min(opened_at) as oldest
            from incident
            group by level, scope, digits
            union all
            select child, null, null, null, count(*), min(opened_at)
            from (select unnest(visible_to) as child, opened_at from incident) seen
            where length(child) = :childDigits and starts_with(child, :unit)
            group by child
            """;

    // Index: the primary key of the span's months
    static final String OPENED = """
            with incident as materialized (
                select opened_at, status, visible_to
                from dispatch.incident_view
                where id >= dispatch.lowest_id_at(:from) and opened_at >= :from
                  and id < dispatch.lowest_id_at(:to::timestamptz + interval '1 millisecond') and opened_at < :to
                  and visible_to @> array[:unit::text]),
            each as (
                select null as child, date_trunc(:step, opened_at, 'Asia/Shanghai') as step, status from incident
                union all
                select child, null, status
                from (select unnest(visible_to) as child, status from incident) seen
                where length(child) = :childDigits and starts_with(child, :unit))
            select child, step,
                   count(*) as opened,
                   count(*) filter (where status not in ('FALSE_ALARM', 'MERGED')) as real,
                   count(*) filter (where status = 'CLOSED') as closed_now
            from each
            group by grouping sets ((child), (child, step))
            having grouping(step) = 1 or step is not null
            """;

    // Index: incident_event_counted of each month, then the primary keys of the incidents and of their tasks
    static final String LINES = """
            with line as materialized (
                select e.incident_id, e.sequence, e.kind, e.recorded_at, i.opened_at, i.visible_to,
                       case when e.kind in ('ACKNOWLEDGED', 'DEADLINE_MISSED') then e.detail end as detail
                from dispatch.incident_event_view e
                join dispatch.incident_view i on i.id = e.incident_id
                where e.kind in ('ACKNOWLEDGED', 'CONTAINED', 'RESOLVED', 'CLOSED', 'REOPENED', 'MARKED_FALSE', 'DEADLINE_MISSED',
                                 'ESCALATED', 'SUPERVISED')
                  and e.recorded_at >= :from and e.recorded_at < :to
                  and i.visible_to @> array[:unit::text]),
            answer as (
                select 'ACKNOWLEDGED_IN_TIME' as kind, line.recorded_at, task ->> 'unitCode' as unit_code,
                       (task ->> 'dispatchedAt')::timestamptz as dispatched_at,
                       line.recorded_at <= (task ->> 'acknowledgeBy')::timestamptz as counts
                from line cross join lateral json_array_elements(line.detail -> 'tasks') as task
                where line.kind = 'ACKNOWLEDGED' and task ->> 'acknowledgeBy' is not null
                union all
                select 'RESOLVED_IN_TIME', line.recorded_at, task.unit_code, null,
                       line.recorded_at <= task.resolve_by or (task.status = 'COMPLETED' and task.changed_at <= task.resolve_by)
                from line join dispatch.task_view task on task.incident_id = line.incident_id
                where line.kind in ('CONTAINED', 'RESOLVED') and task.resolve_by is not null and task.status <> 'RETURNED'
                  and not exists (select from dispatch.incident_event_view earlier
                                  where earlier.incident_id = line.incident_id and earlier.sequence < line.sequence
                                    and earlier.kind in ('CONTAINED', 'RESOLVED'))
                union all
                select case line.detail ->> 'deadline' when 'ACKNOWLEDGE' then 'UNACKNOWLEDGED' else 'UNRESOLVED' end,
                       line.recorded_at, task ->> 'unitCode', null, true
                from line cross join lateral json_array_elements(line.detail -> 'of') as task
                where line.kind = 'DEADLINE_MISSED' and line.detail ->> 'deadline' in ('ACKNOWLEDGE', 'RESOLVE')),
            each as (
                select null as child, date_trunc(:step, recorded_at, 'Asia/Shanghai') as step, kind, true as counts,
                       extract(epoch from recorded_at - opened_at) as seconds
                from line
                union all
                select child, null, kind, true, extract(epoch from recorded_at - opened_at)
                from (select unnest(visible_to) as child, kind, recorded_at, opened_at from line) seen
                where length(child) = :childDigits and starts_with(child, :unit)
                union all
                select null, date_trunc(:step, recorded_at, 'Asia/Shanghai'), kind, counts, extract(epoch from recorded_at - dispatched_at)
                from answer where starts_with(unit_code, :unit)
                union all
                select left(unit_code, :childDigits), null, kind, counts, extract(epoch from recorded_at - dispatched_at)
                from answer where starts_with(unit_code, :unit) and :childDigits > 0 and length(unit_code) >= :childDigits)
            select child, step,
                   count(*) filter (where kind = 'CLOSED') as closed,
                   count(*) filter (where kind = 'MARKED_FALSE') as false_alarms,
                   count(*) filter (where kind = 'REOPENED') as reopened,
                   count(*) filter (where kind = 'DEADLINE_MISSED') as deadlines_missed,
                   count(*) filter (where kind = 'ESCALATED') as escalated,
                   count(*) filter (where kind = 'SUPERVISED') as supervised,
                   count(*) filter (where kind = 'ACKNOWLEDGED_IN_TIME' and counts) as acknowledged_in_time,
                   count(*) filter (where kind = 'UNACKNOWLEDGED') as unacknowledged,
                   count(*) filter (where kind = 'RESOLVED_IN_TIME' and counts) as resolved_in_time,
                   count(*) filter (where kind = 'UNRESOLVED') as unresolved,
                   percentile_cont(0.5) within group (order by seconds) filter (where kind = 'ACKNOWLEDGED_IN_TIME') as median_to_acknowledge,
                   percentile_cont(0.5) within group (order by seconds) filter (where kind = 'RESOLVED') as median_to_resolve
            from each
            group by grouping sets ((child), (child, step))
            having grouping(step) = 1 or step is not null
            """;

    // Index: unit_children
    private static final String CHILDREN = """
            select code from grid.unit_view
            where parent_code = :unit and valid_from <= :now and (valid_to is null or valid_to > :now)
            order by code
            """;

    private final JdbcClient jdbc;
    private final UnitQueries units;

    OverviewQueries(JdbcClient jdbc, UnitQueries units) {
        this.jdbc = jdbc;
        this.units = units;
    }

    /** All of it as of one moment, in a number of statements that does not depend on how much there is. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Overview read(UnitCode unit, Period period, Instant now) {
        jdbc.sql(READ_FIGURES)
                .param("byUnit", Tier.DISTRICT.isAbove(unit.tier()) ? "on" : "off")
                .query()
                .singleRow();
        Facts facts = readFacts(unit, period);
        List<String> children = childTier(unit).isEmpty()
                ? List.of()
                : jdbc.sql(CHILDREN)
                        .param("unit", unit.digits())
                        .param("now", moment(now))
                        .query((row, i) -> row.getString("code"))
                        .list();
        NamedUnits names = units.names(
                Stream.concat(Stream.of(unit.digits()), children.stream()).toList());
        return new Overview(
                names.at(unit.digits(), now),
                period.from(),
                period.to(),
                now,
                facts.open(),
                facts.figures(Group.WHOLE),
                children.stream()
                        .map(child -> new UnitFigures(
                                names.at(child, now),
                                facts.openOf(child),
                                facts.oldestOf(child),
                                facts.figures(Group.ofChild(child))))
                        .toList(),
                period.buckets().stream()
                        .map(bucket -> new PeriodFigures(
                                bucket.from(), bucket.to(), facts.figures(Group.ofStep(bucket.from()))))
                        .toList());
    }

    private Facts readFacts(UnitCode unit, Period period) {
        List<Row> open = Row.list(ofUnit(OPEN, unit));
        List<Row> opened = Row.list(ofUnit(OPENED, unit)
                .param("step", period.step().word())
                .param("from", moment(period.from()))
                .param("to", moment(period.to())));
        List<Row> lines = Row.list(ofUnit(LINES, unit)
                .param("step", period.step().word())
                .param("from", moment(period.from()))
                .param("to", moment(period.to())));
        return new Facts(
                open, grouped(opened, period, OverviewQueries::opened), grouped(lines, period, OverviewQueries::lines));
    }

    private StatementSpec ofUnit(String sql, UnitCode unit) {
        return jdbc.sql(sql)
                .param("unit", unit.digits())
                .param("childDigits", childTier(unit).map(Tier::digits).orElse(0));
    }

    /** Micro-grids are no units that anything is dispatched to. */
    private static Optional<Tier> childTier(UnitCode unit) {
        return Arrays.stream(Tier.values())
                .filter(tier -> tier != Tier.MICRO_GRID && unit.tier().isAbove(tier))
                .findFirst();
    }

    private static <T> Map<Group, T> grouped(List<Row> rows, Period period, Function<Row, T> read) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> new Group(row.findText("child"), bucketOf(row.findInstant("step"), period)), read));
    }

    private static @Nullable Instant bucketOf(@Nullable Instant step, Period period) {
        return step == null ? null : period.bucketOf(step);
    }

    private static Opened opened(Row row) {
        return new Opened(row.longInteger("opened"), row.longInteger("real"), row.longInteger("closed_now"));
    }

    private static Lines lines(Row row) {
        return new Lines(
                row.longInteger("closed"),
                row.longInteger("false_alarms"),
                row.longInteger("reopened"),
                row.longInteger("deadlines_missed"),
                row.longInteger("escalated"),
                row.longInteger("supervised"),
                row.longInteger("acknowledged_in_time"),
                row.longInteger("unacknowledged"),
                row.longInteger("resolved_in_time"),
                row.longInteger("unresolved"),
                row.findDecimal("median_to_acknowledge"),
                row.findDecimal("median_to_resolve"));
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * What some figures are of.
     *
     * @param child null for the unit as a whole
     * @param step null for the span as a whole
     */
    private record Group(@Nullable String child, @Nullable Instant step) {

        static final Group WHOLE = new Group(null, null);

        static Group ofChild(String code) {
            return new Group(code, null);
        }

        static Group ofStep(Instant from) {
            return new Group(null, from);
        }
    }

    /** What was read, by what it is of. Where nothing was found there is nothing. */
    private record Facts(List<Row> openRows, Map<Group, Opened> opened, Map<Group, Lines> lines) {

        Figures figures(Group group) {
            return Figures.of(opened.getOrDefault(group, Opened.NONE), lines.getOrDefault(group, Lines.NONE));
        }

        Open open() {
            Map<Level, Long> byLevel = new EnumMap<>(Level.class);
            Map<HandlingScope, Long> byScope = new EnumMap<>(HandlingScope.class);
            Map<Tier, Long> byTier = new HashMap<>();
            long count = 0;
            Instant oldest = null;
            for (Row row : openRows) {
                if (row.findText("child") != null) {
                    continue;
                }
                long incidents = row.longInteger("incidents");
                count += incidents;
                Level level = row.findConstant("level", Level.class);
                HandlingScope scope = row.findConstant("scope", HandlingScope.class);
                if (level != null) {
                    byLevel.merge(level, incidents, Long::sum);
                } else if (scope != null) {
                    byScope.merge(scope, incidents, Long::sum);
                }
                byTier.merge(tier(row.integer("digits")), incidents, Long::sum);
                Instant opened = row.instant("oldest");
                oldest = oldest == null || opened.isBefore(oldest) ? opened : oldest;
            }
            return new Open(count, byLevel, byScope, byTier, oldest);
        }

        long openOf(String child) {
            return child(child).map(row -> row.longInteger("incidents")).orElse(0L);
        }

        @Nullable
        Instant oldestOf(String child) {
            return child(child).map(row -> row.instant("oldest")).orElse(null);
        }

        private Optional<Row> child(String code) {
            return openRows.stream()
                    .filter(row -> code.equals(row.findText("child")))
                    .findFirst();
        }

        private static Tier tier(int digits) {
            return Arrays.stream(Tier.values())
                    .filter(tier -> tier.digits() == digits)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
