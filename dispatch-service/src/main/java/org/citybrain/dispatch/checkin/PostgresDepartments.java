package org.citybrain.dispatch.checkin;

import java.util.Collection;
import java.util.List;
import org.citybrain.messages.Department;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Departments, in grid-service's view. */
@Component
class PostgresDepartments {

    /** Expects the primary key of grid.department. */
    private static final String LIST = """
            select code, name, unit_code from grid.department_view where code = any(:codes)
            """;

    private final JdbcClient jdbc;

    PostgresDepartments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these that there are. */
    List<ServingDepartment> list(Collection<String> codes) {
        return jdbc.sql(LIST)
                .param("codes", codes.toArray(String[]::new))
                .query((row, i) -> new ServingDepartment(
                        new Department(row.getString("code"), row.getString("name")), row.getString("unit_code")))
                .list();
    }
}
