package org.citybrain.dispatch.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgisNearIncidentsTest {

    /** A square of a hundred metres with ten thousand open incidents, and as many that are closed, as no city has them. */
    private static final String CROWD = """
            insert into dispatch.incident (id, version, status, opened_at, closed_at, type, category, board, location, grid_code,
                unit_codes, visible_to, commanding_unit, level, needs_person, corroborated, correlation_cell, first_occurred_at,
                last_occurred_at, report_count, sources, nothing_known, people_affected, people_basis, area_km2, area_basis, grade,
                picture, grading_version, routing_version, correlation_version, catalogue_version, map_version, changed_at)
            select (lpad(to_hex((extract(epoch from :now::timestamptz) * 1000)::bigint + n), 12, '0') || '80008000' || lpad(to_hex(n), 12, '0'))::uuid,
                1, case when n % 2 = 0 then 'CLOSED' else 'DISPATCHED' end, :now, case when n % 2 = 0 then :now::timestamptz end,
                'gas.leak', 'ACCIDENT', 'LIVELIHOOD',
                st_setsrid(st_makepoint(:longitude + 0.00001 * (n % 100), :latitude + 0.00001 * (n / 200)), 4326),
                '500103001001001', '{500103001001001}', '{50}', '50', 'IV', false, true, 1, :now, :now, 1, '{}', true, 1, 'DEFAULT', 0,
                'DEFAULT', '{}', '{}', 1, 1, 1, 1, 1, :now
            from generate_series(1, 20000) n
            """;

    private final Database database = Infrastructure.shared().newDatabase();
    private final Instant now = Instant.now();

    @Test
    void of_thousands_of_open_incidents_near_only_the_nearest_are_read() throws SQLException {
        JdbcClient administrator = JdbcClient.create(database.administratorDataSource());
        administrator
                .sql(CROWD)
                .param("now", now.minusSeconds(60).atOffset(ZoneOffset.UTC))
                .param("longitude", SquareCity.longitudeOf(0))
                .param("latitude", SquareCity.latitude())
                .update();
        administrator.sql("analyze dispatch.incident").update();

        String plan = String.join("\n", explain(1));

        assertThat(plan)
                .as("the search begins at the place and ends at the eleventh")
                .contains("location_idx", "Order By: (location <-> ", "(actual rows=11")
                .doesNotContain("Sort Method", "Seq Scan", "rows=1000");
        assertThat(explain(1_000))
                .as("for a thousand at once as for one")
                .anyMatch(line -> line.contains("Order By: (location <-> "))
                .anyMatch(line -> line.contains("Limit (actual rows=11") && line.contains("loops=1000)"));
    }

    /** As it is planned after the fifth time, when the planner does not look at the parameters any more. */
    private List<String> explain(int count) throws SQLException {
        String places = places(count, i -> String.valueOf(i));
        String longitudes = places(count, i -> String.valueOf(SquareCity.longitudeOf(0) + 0.00001 * (i % 90)));
        String latitudes = places(count, i -> String.valueOf(SquareCity.latitude() + 0.00001 * (i % 70)));
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.dataSource(ServiceLogin.DISPATCH).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare near(integer[], float8[], float8[], timestamptz) as "
                    + PostgisNearIncidents.LIST
                            .replace(":places", "$1")
                            .replace(":longitudes", "$2")
                            .replace(":latitudes", "$3")
                            .replace(":opened_since", "$4"));
            try (ResultSet row = statement.executeQuery("explain (analyze, costs off, timing off) execute near("
                    + places + ", " + longitudes + ", " + latitudes + ", '" + now.minusSeconds(86_400) + "')")) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
        }
        return lines;
    }

    private static String places(int count, IntFunction<String> value) {
        return IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(",", "'{", "}'"));
    }
}
