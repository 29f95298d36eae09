package org.citybrain.local.simulate.month;

import java.sql.Timestamp;
import java.time.Instant;
import org.citybrain.local.bench.BenchCity;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Puts departments into the city, as grid-service would. */
final class DepartmentQueries {

    private static final String DISTRICTS = "select code from grid.unit_view where tier = 'DISTRICT' order by code";

    private static final String PUT = """
            insert into grid.department (code, name, unit_code, provenance, updated_at)
            values (:code, :name, :unit, 'SYNTHETIC', :now)
            on conflict (code) do nothing
            """;

    private final JdbcClient jdbc;

    DepartmentQueries(BenchCity city) {
        this.jdbc = JdbcClient.create(new DriverManagerDataSource(
                city.jdbcUrl(), ServiceLogin.GRID.role(), city.password(ServiceLogin.GRID)));
    }

    /** The made-up departments of every district and of the city. */
    void register(Instant now) {
        for (String district :
                jdbc.sql(DISTRICTS).query((row, i) -> row.getString("code")).list()) {
            for (String department : MadeUpDepartments.serving(district)) {
                jdbc.sql(PUT)
                        .param("code", department)
                        .param("name", "made up: " + department)
                        .param("unit", MadeUpDepartments.unit(department))
                        .param("now", Timestamp.from(now))
                        .update();
            }
        }
    }
}
