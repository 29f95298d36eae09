package org.citybrain.api.department;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.citybrain.access.Person;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads departments from grid-service's view, with how many of their summons are open. */
@Component
class DepartmentQueries {

    // Index: the primary key of grid.department, some hundred rows; check_in_unfinished is as small as what is open
    private static final String LIST = """
            select d.code, d.name, d.unit_code, coalesce(o.open, 0) as open, coalesce(o.overdue, 0) as overdue
            from grid.department_view d
            left join (select department_code, count(*) as open,
                              count(*) filter (where status = 'SUMMONED' and due_at < :now) as overdue
                       from dispatch.open_check_in_view
                       group by department_code) o on o.department_code = d.code
            where (starts_with(d.unit_code, :reach) or starts_with(:reach, d.unit_code) or d.code = :own::text)
              and (:unit::text is null or starts_with(:unit, d.unit_code))
              and (:after::text is null or d.code > :after)
            order by d.code
            limit :rows
            """;

    private final JdbcClient jdbc;
    private final UnitQueries units;
    private final Clock clock;

    DepartmentQueries(JdbcClient jdbc, UnitQueries units, Clock clock) {
        this.jdbc = jdbc;
        this.units = units;
        this.clock = clock;
    }

    /**
     * Those of the person's subtree, those that serve the person's unit from above, and the own one; by their codes.
     *
     * @param unit only those that serve this unit; null: all
     */
    Page<Department> list(Person person, @Nullable UnitCode unit, @Nullable String after, int limit) {
        if (person.unit() == null) {
            return new Page<>(List.of(), null);
        }
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("reach", person.unit().digits())
                .param("own", person.department())
                .param("unit", unit == null ? null : unit.digits())
                .param("after", after)
                .param("rows", limit + 1));
        Page<Row> page = Page.of(rows, limit, row -> row.text("code"));
        NamedUnits names = units.names(
                page.items().stream().map(row -> row.text("unit_code")).toList());
        return page.map(row -> new Department(
                row.text("code"),
                row.text("name"),
                names.at(row.text("unit_code"), clock.instant()),
                row.longInteger("open"),
                row.longInteger("overdue")));
    }
}
