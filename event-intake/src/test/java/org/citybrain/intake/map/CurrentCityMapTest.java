package org.citybrain.intake.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.citybrain.intake.TestCity;
import org.citybrain.intake.admit.CityMap;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CurrentCityMapTest {

    private static final UnitCode WEST = new UnitCode(TestCity.WEST);
    private static final UnitCode EAST = new UnitCode(TestCity.EAST);
    private static final Position BEYOND_THE_CITY = new Position(107.25, 29.25);

    private final Database database = Infrastructure.shared().newDatabase();
    private final JdbcClient grid = JdbcClient.create(database.dataSource(ServiceLogin.GRID));
    private final MovedClock clock = new MovedClock();
    private final CurrentCityMap maps =
            new CurrentCityMap(new PostgisCityMaps(JdbcClient.create(database.dataSource(ServiceLogin.INTAKE))), clock);

    @BeforeEach
    void load_the_city() {
        assertThat(maps.current()).isNull();
        maps.refresh(Set.of(WEST, EAST));
        assertThat(maps.current()).as("before there is a map").isNull();
        TestCity.load(database);
        maps.refresh(Set.of(WEST, EAST));
    }

    @Test
    void the_next_version_holds_from_its_moment_on_by_the_clock() {
        Instant moment = clock.instant().plusSeconds(30);
        long wider = publish(moment, "50", 106, 108);
        maps.refresh(Set.of(WEST, EAST));

        assertThat(current().covers(BEYOND_THE_CITY)).isFalse();
        clock.now = moment.minusNanos(1);
        assertThat(current().version()).isEqualTo(1);
        clock.now = moment;
        assertThat(current().version()).isEqualTo(wider);
        assertThat(current().covers(BEYOND_THE_CITY)).isTrue();
        maps.refresh(Set.of(WEST, EAST));
        assertThat(current().version()).isEqualTo(wider);
        assertThat(current().covers(WEST, TestCity.IN_THE_WEST)).isTrue();
    }

    @Test
    void a_draft_and_a_distant_version_change_nothing() {
        publish(clock.instant().plus(Duration.ofDays(30)), "50", 106, 108);
        grid.sql("insert into grid.map_version (effective_from, created_at, provenance, note, status) "
                        + "values ('2020-01-01', now(), 'SYNTHETIC', 'being written', 'DRAFT')")
                .update();
        maps.refresh(Set.of(WEST, EAST));

        assertThat(current().version()).isEqualTo(1);
        assertThat(current().covers(BEYOND_THE_CITY)).isFalse();
    }

    /** Else a reform would silence every gateway of the districts that it abolishes. */
    @Test
    void a_source_of_an_abolished_unit_goes_on_in_the_ground_that_it_was_registered_for() {
        Instant moment = clock.instant().plusSeconds(30);
        long reform = draft(moment);
        grid.sql("insert into grid.map_draft_end (map_version, code) values (:version, :code)")
                .param("version", reform)
                .param("code", TestCity.WEST)
                .update();
        publish(reform);
        clock.now = moment;
        maps.refresh(Set.of(WEST, EAST));

        assertThat(current().version()).isEqualTo(reform);
        assertThat(current().covers(WEST, TestCity.IN_THE_WEST)).isTrue();
        assertThat(current().covers(WEST, TestCity.IN_THE_EAST)).isFalse();
        assertThat(maps.listUnknown(List.of(WEST, EAST))).containsExactly(WEST);
    }

    @Test
    void a_unit_has_a_place_until_it_is_abolished() {
        Instant moment = clock.instant().plusSeconds(30);
        long reform = draft(moment);
        grid.sql("insert into grid.map_draft_end (map_version, code) values (:version, :code)")
                .param("version", reform)
                .param("code", TestCity.WEST)
                .update();
        publish(reform);

        assertThat(maps.findPlace(WEST, moment.minusMillis(1))).contains(TestCity.IN_THE_WEST);
        assertThat(maps.findPlace(WEST, moment)).isEmpty();
        assertThat(maps.findPlace(new UnitCode("500103"), moment)).isEmpty();
    }

    @Test
    void units_that_sources_are_registered_for_later_are_loaded_too() {
        maps.refresh(Set.of(EAST));
        assertThat(current().covers(WEST, TestCity.IN_THE_WEST)).isFalse();
        maps.refresh(Set.of(WEST, EAST));

        assertThat(current().covers(WEST, TestCity.IN_THE_WEST)).isTrue();
    }

    private CityMap current() {
        return Objects.requireNonNull(maps.current());
    }

    private long draft(Instant from) {
        return grid.sql("insert into grid.map_version (effective_from, created_at, provenance, note, status) "
                        + "values (:from, now(), 'SYNTHETIC', 'a reform', 'DRAFT') returning id")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private void publish(long draft) {
        grid.sql("select grid.publish_map_version(:draft)")
                .param("draft", draft)
                .query((row, number) -> true)
                .single();
    }

    private long publish(Instant from, String unit, double west, double east) {
        long draft = draft(from);
        grid.sql("""
                        insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                                       area_km2, provenance, tier)
                        select code, :from, :version, name, population, st_multi(box), st_centroid(box), 1, 'SYNTHETIC', tier
                        from grid.unit_version, (select st_makeenvelope(:west, 29, :east, 29.5, 4326) as box) b
                        where code = :code and valid_to is null
                        """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("version", draft)
                .param("west", west)
                .param("east", east)
                .param("code", unit)
                .update();
        publish(draft);
        return draft;
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS).plusSeconds(60);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
