package org.citybrain.dispatch.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.dispatch.KeptPlan;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.Position;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class PostgisNearIncidentsTest {

    /** Ten thousand open incidents, and as many that are closed, strewn over a hundred squares. */
    private static final String CROWD = """
            insert into dispatch.incident (id, version, status, opened_at, closed_at, type, category, board, location, grid_code,
                unit_codes, visible_to, commanding_unit, level, needs_person, corroborated, correlation_cell, first_occurred_at,
                last_occurred_at, report_count, sources, nothing_known, people_affected, people_basis, area_km2, area_basis, grade,
                picture, grading_version, routing_version, correlation_version, catalogue_version, map_version, changed_at)
            select (lpad(to_hex((extract(epoch from :now::timestamptz) * 1000)::bigint + n), 12, '0') || '80008000' || lpad(to_hex(n), 12, '0'))::uuid,
                1, case when n % 2 = 0 then 'CLOSED' else 'DISPATCHED' end, :now, case when n % 2 = 0 then :now::timestamptz end,
                'gas.leak', 'ACCIDENT', 'LIVELIHOOD',
                st_setsrid(st_makepoint(:longitude + 0.001 * (n / 200), :latitude + 0.0005 * (n % 200)), 4326),
                '500103001001001', '{500103001001001}', '{50}', '50', 'IV', false, true, 1, :now, :now, 1, '{}', true, 1, 'DEFAULT', 0,
                'DEFAULT', '{}', '{}', 1, 1, 1, 1, 1, :now
            from generate_series(1, 20000) n
            """;

    private static final String OPEN_WITHIN_500_METERS = """
            select count(*) from dispatch.incident
            where closed_at is null and st_dwithin(location::geography, st_setsrid(st_makepoint(:longitude, :latitude), 4326)::geography, 500)
            """;

    private final Database database = Infrastructure.shared().newDatabase();
    private final JdbcClient administrator = JdbcClient.create(database.administratorDataSource());
    private final Instant now = Instant.now();

    @Test
    void what_is_open_near_is_read_once_for_a_whole_batch_and_nothing_else() throws SQLException {
        strewCrowd();
        List<Position> batch = new Random(3)
                .doubles(500)
                .mapToObj(part ->
                        new Position(SquareCity.longitudeOf(0) + 0.015 * part, SquareCity.latitude() + 0.015 * part))
                .toList();

        SortedSet<Integer> squares = Squares.around(batch, DescribePicture.NEAR_METERS);
        List<OpenIncident> found = near().list(squares, now.minusSeconds(86_400));

        assertThat(squares).hasSizeLessThan(40);
        assertThat(found).extracting(OpenIncident::id).doesNotHaveDuplicates();
        assertThat(found).as("of ten thousand").hasSizeBetween(300, 2_000);
        for (Position place : batch.subList(0, 20)) {
            assertThat(new NearestIncidents(found).of(place, new UUID(0, 0), DescribePicture.NEAR_METERS, 20_000))
                    .hasSize(openWithin500Meters(place));
        }
        assertThat(explain(squares))
                .anyMatch(line -> line.contains("square_of_idx") && line.contains("actual rows=" + found.size()))
                .as("months without incidents may be read in any way")
                .noneMatch(line ->
                        line.contains("Scan") && !line.contains("square_of_idx") && !line.contains("actual rows=0"));
    }

    @Test
    void what_was_opened_long_ago_is_left_out() {
        strewCrowd();
        Position place = new Position(SquareCity.longitudeOf(0), SquareCity.latitude());

        assertThat(near().list(Squares.around(List.of(place), 500), now.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void squares_have_the_same_numbers_here_and_in_the_database() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            Position place = new Position(random.nextDouble(-180, 180), random.nextDouble(-89, 89));
            int inDatabase = administrator
                    .sql("select dispatch.square_of(st_setsrid(st_makepoint(:longitude, :latitude), 4326))")
                    .param("longitude", place.longitude())
                    .param("latitude", place.latitude())
                    .query(Integer.class)
                    .single();
            assertThat(Squares.around(List.of(place), 0)).containsExactly(inDatabase);
        }
    }

    private void strewCrowd() {
        administrator
                .sql(CROWD)
                .param("now", now.minusSeconds(60).atOffset(ZoneOffset.UTC))
                .param("longitude", SquareCity.longitudeOf(0))
                .param("latitude", SquareCity.latitude())
                .update();
        administrator.sql("analyze dispatch.incident").update();
    }

    private PostgisNearIncidents near() {
        var source = database.dataSource(ServiceLogin.DISPATCH);
        return new PostgisNearIncidents(JdbcClient.create(source), new JdbcTransactionManager(source));
    }

    private int openWithin500Meters(Position place) {
        return administrator
                .sql(OPEN_WITHIN_500_METERS)
                .param("longitude", place.longitude())
                .param("latitude", place.latitude())
                .query(Integer.class)
                .single();
    }

    private List<String> explain(SortedSet<Integer> squares) throws SQLException {
        String list = squares.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return KeptPlan.explain(
                database,
                "integer[], timestamptz",
                PostgisNearIncidents.LIST.replace(":squares", "$1").replace(":opened_since", "$2"),
                "'" + list + "', '" + now.minusSeconds(86_400) + "'");
    }
}
