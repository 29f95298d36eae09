package org.citybrain.api.task;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.access.Person;
import org.citybrain.api.command.AllowedCommands;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads tasks. As with incidents, what was not asked for falls out of the plan. */
@Component
public class TaskQueries {

    private static final String OF_TASK = """
            incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,
            department_code, department_name, board, due_from, due_at
            """;

    private static final String FILTERS = """
            (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
            and (not :openOnly or status not in ('COMPLETED', 'RETURNED'))
            and (cardinality(:tiers::text[]) = 0 or tier = any(:tiers))
            and (cardinality(:roles::text[]) = 0 or role = any(:roles))
            and (:unit::text is null or unit_code like :unit || '%')
            and (:department::text is null or department_code = :department)
            and (:incidentId::uuid is null or incident_id = :incidentId)
            and (:beforeIncident::uuid is null
                 or (incident_id <= :beforeIncident and (incident_id, id) < (:beforeIncident, :beforeId::uuid)))
            """;

    private static final String PAGE = """
            select %1$s
            from (%2$s
                  order by incident_id desc, id desc
                  limit :rows) t
            join dispatch.incident_view i on i.id = t.incident_id
            left join dispatch.incident_type_view y on y.code = i.type
            order by t.incident_id desc, t.id desc
            """;

    // Index: task_open_by_unit for open tasks of a unit, task_open_by_department for those of a department;
    // incident_by_unit where little of a street or district is stored; else the primary key of each month, backwards;
    // then the primary key of each incident
    static final String LIST = PAGE.formatted(TaskRow.COLUMNS, """
            select %s
            from dispatch.task_view
            where incident_id in (select seen.id from dispatch.incident_view seen
                                  where :unit::text is null or seen.visible_to @> array[:unit::text])
              and %s
            """.formatted(OF_TASK, FILTERS));

    // Index: incident_by_unit, then the primary key of tasks. Of millions of incidents a grid or community sees few; an
    // incident is visible to the units of its tasks, and a task to whoever sees its incident. "offset 0" keeps that way
    static final String LIST_OF_FEW = PAGE.formatted(TaskRow.COLUMNS, """
            select task.*
            from (select id as seen_id from dispatch.incident_view
                  where (:unit::text is null or visible_to @> array[:unit::text])
                    and (:beforeIncident::uuid is null or id <= :beforeIncident)
                  offset 0) seen
            cross join lateral (select %s from dispatch.task_view where incident_id = seen_id and %s offset 0) task
            """.formatted(OF_TASK, FILTERS));

    // Index: task_open_by_unit and task_open_by_department, for what is settled task_settled_by_unit and
    // task_settled_by_department: all of one unit's and one department's tasks, then put in order
    static final String MINE = """
            select %s
            from (select %s
                  from dispatch.task_view
                  where ((unit_code = :unit::text and department_code is null)
                         or department_code = :department::text
                         or (unit_code = :served::text and department_code is not null))
                    and status = any(:statuses)
                    and (not :openOnly or status not in ('COMPLETED', 'RETURNED'))
                    and (not :settledOnly or status in ('COMPLETED', 'RETURNED'))
                    and (:afterId::uuid is null
                         or (coalesce(due_at, 'infinity'), incident_id, id)
                            > (coalesce(:afterDue::timestamptz, 'infinity'), :afterIncident::uuid, :afterId::uuid))
                  order by coalesce(due_at, 'infinity'), incident_id, id
                  limit :rows) t
            join dispatch.incident_view i on i.id = t.incident_id
            left join dispatch.incident_type_view y on y.code = i.type
            order by coalesce(t.due_at, 'infinity'), t.incident_id, t.id
            """.formatted(TaskRow.COLUMNS, OF_TASK);

    // Index: the primary key of one partition: a task's id begins with its incident's millisecond
    static final String ONE = """
            select %s
            from dispatch.task_view t
            join dispatch.incident_view i on i.id = t.incident_id and i.id between :lowestIncident and :highestIncident
            left join dispatch.incident_type_view y on y.code = i.type
            where t.id = :id and t.incident_id between :lowestIncident and :highestIncident
            """.formatted(TaskRow.COLUMNS);

    private static final long BELOW_THE_MILLISECOND = 0xFFFFL;

    private final JdbcClient jdbc;
    private final UnitQueries units;
    private final AllowedCommands allowedCommands;

    TaskQueries(JdbcClient jdbc, UnitQueries units, AllowedCommands allowedCommands) {
        this.jdbc = jdbc;
        this.units = units;
        this.allowedCommands = allowedCommands;
    }

    /** Those of the newest incidents first, in two statements. */
    Page<Task> list(TaskFilter filter) {
        TaskFilter.Place before = filter.before();
        List<Row> rows = Row.list(jdbc.sql(isOfFew(filter) ? LIST_OF_FEW : LIST)
                .param("statuses", names(filter.statuses()))
                .param("openOnly", filter.isOpenOnly())
                .param("tiers", names(filter.tiers()))
                .param("roles", names(filter.roles()))
                .param("unit", filter.unit() == null ? null : filter.unit().digits())
                .param("department", filter.department())
                .param("incidentId", filter.incidentId())
                .param("beforeIncident", before == null ? null : before.incidentId())
                .param("beforeId", before == null ? null : before.id())
                .param("rows", filter.limit() + 1));
        return named(Page.of(rows, filter.limit(), row -> row.text("incident_id") + "/" + row.text("id")));
    }

    /** Of one incident, and of what is open, tasks have their own indexes. */
    private static boolean isOfFew(TaskFilter filter) {
        return filter.incidentId() == null
                && !filter.isOpenOnly()
                && Stream.of(
                                Optional.ofNullable(filter.unit()),
                                Person.findCurrent().map(Person::unit))
                        .flatMap(Optional::stream)
                        .anyMatch(unit -> Tier.STREET.isAbove(unit.tier()));
    }

    /** Those whose next deadline runs out first, in two statements. */
    public Page<Task> list(MyTasksFilter filter) {
        MyTasksFilter.Place after = filter.after();
        List<Row> rows = Row.list(jdbc.sql(MINE)
                .param("statuses", names(filter.statuses()))
                .param("openOnly", filter.isOpenOnly())
                .param("settledOnly", filter.isSettledOnly())
                .param("unit", filter.unit())
                .param("department", filter.department())
                .param("served", filter.served())
                .param("afterDue", after == null ? null : moment(after.due()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("afterIncident", after == null ? null : after.incidentId())
                .param("afterId", after == null ? null : after.id())
                .param("rows", filter.limit() + 1));
        return named(Page.of(
                rows,
                filter.limit(),
                row -> MyTasksFilter.Place.key(row.findInstant("due_at"), row.text("incident_id"), row.text("id"))));
    }

    Optional<Task> find(UUID id) {
        List<Row> rows = Row.list(jdbc.sql(ONE)
                .param("id", id)
                .param("lowestIncident", lowestOfSameMillisecond(id))
                .param("highestIncident", highestOfSameMillisecond(id)));
        return named(new Page<>(rows, null)).items().stream().findFirst();
    }

    static UUID lowestOfSameMillisecond(UUID id) {
        return new UUID(id.getMostSignificantBits() & ~BELOW_THE_MILLISECOND, 0);
    }

    static UUID highestOfSameMillisecond(UUID id) {
        return new UUID(id.getMostSignificantBits() | BELOW_THE_MILLISECOND, -1);
    }

    private Page<Task> named(Page<Row> page) {
        NamedUnits names =
                units.names(page.items().stream().flatMap(TaskRow::units).toList());
        return page.map(row -> TaskRow.read(row, names, allowedCommands));
    }

    private static @Nullable Object moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] names(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).toArray(String[]::new);
    }
}
