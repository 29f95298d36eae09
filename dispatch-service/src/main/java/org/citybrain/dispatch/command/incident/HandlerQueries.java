package org.citybrain.dispatch.command.incident;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.citybrain.messages.Department;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who can be given a task, by the map and the rosters of grid-service. */
@Component
class HandlerQueries {

    /** Expects the primary key of grid.unit_version. */
    private static final String UNITS = """
            select code
            from grid.unit_view
            where code = any (:codes) and tier <> 'MICRO_GRID' and valid_from <= :at and (valid_to is null or valid_to > :at)
            """;

    /** Expects the primary key of grid.department. */
    private static final String DEPARTMENTS = """
            select code, name, unit_code from grid.department_view where code = any (:codes) order by code
            """;

    private final JdbcClient jdbc;

    HandlerQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these units that are on the map. */
    Set<String> units(Collection<String> codes, Instant at) {
        return codes.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql(UNITS)
                        .param("codes", codes.toArray(String[]::new))
                        .param("at", Timestamp.from(at))
                        .query((row, i) -> row.getString("code"))
                        .list());
    }

    /** Those of these departments that there are. */
    List<Serving> departments(Collection<String> codes) {
        return codes.isEmpty()
                ? List.of()
                : jdbc.sql(DEPARTMENTS)
                        .param("codes", codes.toArray(String[]::new))
                        .query((row, i) -> new Serving(
                                new Department(row.getString("code"), row.getString("name")),
                                row.getString("unit_code")))
                        .list();
    }

    /** A department and the unit that it serves. */
    record Serving(Department department, String unitCode) {}
}
