package org.citybrain.api.task;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads tasks. As with incidents, what was not asked for falls out of the plan. */
@Component
class TaskQueries {

    // Index: task_open_by_unit for open tasks of a unit, task_open_by_department for those of a department, else the
    // primary key of each month, backwards
    static final String LIST = """
            select incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,
                   department_code, department_name, board
            from dispatch.task_view
            where (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
              and (not :openOnly or status not in ('COMPLETED', 'RETURNED'))
              and (cardinality(:tiers::text[]) = 0 or tier = any(:tiers))
              and (cardinality(:roles::text[]) = 0 or role = any(:roles))
              and (:unit::text is null or unit_code like :unit || '%')
              and (:department::text is null or department_code = :department)
              and (:incidentId::uuid is null or incident_id = :incidentId)
              and (:beforeIncident::uuid is null
                   or (incident_id <= :beforeIncident and (incident_id, id) < (:beforeIncident, :beforeId::uuid)))
            order by incident_id desc, id desc
            limit :rows
            """;

    // Index: the primary key of one partition: a task's id begins with its incident's millisecond
    static final String ONE = """
            select incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,
                   department_code, department_name, board
            from dispatch.task_view
            where id = :id and incident_id between :lowestIncident and :highestIncident
            """;

    private static final long BELOW_THE_MILLISECOND = 0xFFFFL;

    private final JdbcClient jdbc;
    private final UnitQueries units;

    TaskQueries(JdbcClient jdbc, UnitQueries units) {
        this.jdbc = jdbc;
        this.units = units;
    }

    /** Those of the newest incidents first, in two statements. */
    Page<Task> list(TaskFilter filter) {
        TaskFilter.Place before = filter.before();
        List<Row> rows = Row.list(jdbc.sql(LIST)
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
        Page<Row> page = Page.of(rows, filter.limit(), row -> row.text("incident_id") + "/" + row.text("id"));
        NamedUnits names = names(page.items());
        return page.map(row -> task(row, names));
    }

    Optional<Task> find(UUID id) {
        List<Row> rows = Row.list(jdbc.sql(ONE)
                .param("id", id)
                .param("lowestIncident", lowestOfSameMillisecond(id))
                .param("highestIncident", highestOfSameMillisecond(id)));
        NamedUnits names = names(rows);
        return rows.stream().findFirst().map(row -> task(row, names));
    }

    static UUID lowestOfSameMillisecond(UUID id) {
        return new UUID(id.getMostSignificantBits() & ~BELOW_THE_MILLISECOND, 0);
    }

    static UUID highestOfSameMillisecond(UUID id) {
        return new UUID(id.getMostSignificantBits() | BELOW_THE_MILLISECOND, -1);
    }

    private NamedUnits names(List<Row> rows) {
        return units.names(rows.stream().map(row -> row.text("unit_code")).toList());
    }

    private static Task task(Row row, NamedUnits names) {
        Instant dispatchedAt = row.instant("dispatched_at");
        return new Task(
                row.uuid("id"),
                row.uuid("incident_id"),
                row.integer("version"),
                row.constant("tier", Tier.class),
                names.at(row.text("unit_code"), dispatchedAt),
                row.constant("role", TaskRole.class),
                row.constant("status", TaskStatus.class),
                dispatchedAt,
                row.findInstant("acknowledge_by"),
                row.findInstant("resolve_by"),
                row.flag("digest"),
                CalledDepartment.find(row),
                row.findText("board"));
    }

    private static String[] names(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).toArray(String[]::new);
    }
}
