package org.citybrain.dispatch.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
    void of_thousands_of_open_incidents_near_only_the_nearest_are_read() {
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
                .doesNotContain("Sort Key", "Seq Scan", "rows=1000");
        assertThat(explain(1_000))
                .as("for a thousand at once as for one")
                .anyMatch(line -> line.contains("Order By: (location <-> "))
                .anyMatch(line -> line.contains("Limit (actual rows=11") && line.contains("loops=1000)"));
    }

    private List<String> explain(int count) {
        Integer[] places = new Integer[count];
        Double[] longitudes = new Double[count];
        Double[] latitudes = new Double[count];
        for (int i = 0; i < count; i++) {
            places[i] = i;
            longitudes[i] = SquareCity.longitudeOf(0) + 0.00001 * (i % 90);
            latitudes[i] = SquareCity.latitude() + 0.00001 * (i % 70);
        }
        return JdbcClient.create(database.dataSource(ServiceLogin.DISPATCH))
                .sql("explain (analyze, costs off, timing off) " + PostgisNearIncidents.LIST)
                .param("places", places)
                .param("longitudes", longitudes)
                .param("latitudes", latitudes)
                .param("opened_since", Timestamp.from(now.minusSeconds(86_400)))
                .param("opened_before", Timestamp.from(now.plusSeconds(60)))
                .param("most", 11)
                .query(String.class)
                .list();
    }
}
