package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.citybrain.dispatch.SettableClock;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.Position;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class CurrentMapTest {

    private static final Instant BEFORE = Instant.parse("2025-11-05T15:50:00Z");
    private static final Instant MOMENT = Instant.parse("2025-11-05T16:00:00Z");
    private static final Position PLACE = new Position(SquareCity.longitudeOf(0), SquareCity.latitude());
    private static final String OLD_CODE = "500103001001001";
    private static final String NEW_CODE = "500199001001001";

    private final Database database = Infrastructure.shared().newDatabase();
    private final DataSource administrator = database.administratorDataSource();
    private final SettableClock clock = new SettableClock(BEFORE);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** What happens before a statement is sent. */
    private Consumer<String> before = sql -> {};

    private final CurrentMap currentMap = newMap();

    @BeforeEach
    void build_the_city() {
        SquareCity.build(administrator);
    }

    @Test
    void the_next_version_is_loaded_ahead_and_holds_from_its_moment_on_by_the_clock() {
        currentMap.renew();
        long reform = SquareCity.reform(administrator, MOMENT);
        currentMap.renew();

        assertThat(gauge("next")).isEqualTo(reform);
        assertThat(currentMap.get().version()).isEqualTo(1);
        assertThat(currentMap.at(MOMENT.minusNanos(1)).findGrid(PLACE)).contains(OLD_CODE);
        assertThat(currentMap.at(MOMENT).findGrid(PLACE)).contains(NEW_CODE);

        clock.set(MOMENT);
        before = sql -> {
            throw new IllegalStateException("nothing is read at the moment itself");
        };
        assertThat(currentMap.get().version()).isEqualTo(reform);
        assertThat(currentMap.get().findGrid(PLACE)).contains(NEW_CODE);
        assertThat(currentMap.get().name(NEW_CODE)).isEqualTo("new unit " + OLD_CODE);
    }

    @Test
    void a_version_of_a_distant_day_is_not_held_until_shortly_before() {
        currentMap.renew();
        long reform = SquareCity.reform(administrator, MOMENT.plus(Duration.ofDays(30)));
        currentMap.renew();

        assertThat(gauge("next")).isZero();
        clock.move(Duration.ofDays(30));
        currentMap.renew();
        assertThat(gauge("next")).isEqualTo(reform);
        assertThat(gauge("version")).isEqualTo(1);
    }

    @Test
    void a_version_in_force_already_is_used_as_soon_as_it_is_read() {
        currentMap.renew();
        clock.set(MOMENT.plusSeconds(3));
        long reform = SquareCity.reform(administrator, MOMENT);

        assertThat(currentMap.get().version()).isEqualTo(1);
        currentMap.renew();
        assertThat(currentMap.get().version()).isEqualTo(reform);
        assertThat(gauge("version")).isEqualTo(reform);
    }

    @Test
    void a_map_holds_nothing_of_a_version_that_is_published_while_it_is_read() {
        clock.set(MOMENT.plusSeconds(3));
        before = sql -> {
            if (sql.contains("tier = 'GRID'")) {
                before = none -> {};
                SquareCity.reform(administrator, MOMENT);
            }
        };
        currentMap.renew();

        assertThat(currentMap.get().version()).isEqualTo(1);
        assertThat(currentMap.get().findGrid(PLACE)).contains(OLD_CODE);
        assertThat(currentMap.get().name(OLD_CODE)).isEqualTo("unit " + OLD_CODE);
        assertThat(currentMap.get().name(NEW_CODE)).isEqualTo(NEW_CODE);
        currentMap.renew();
        assertThat(currentMap.get().findGrid(PLACE)).contains(NEW_CODE);
    }

    @Test
    void of_several_versions_to_come_each_holds_in_its_turn() {
        currentMap.renew();
        long reform = SquareCity.reform(administrator, MOMENT);
        long name = SquareCity.rename(administrator, NEW_CODE, "a better name", MOMENT.plusSeconds(1));
        currentMap.renew();

        assertThat(currentMap.at(MOMENT).version()).isEqualTo(reform);
        clock.set(MOMENT);
        currentMap.renew();
        assertThat(currentMap.at(MOMENT).name(NEW_CODE)).isEqualTo("new unit " + OLD_CODE);
        assertThat(currentMap.at(MOMENT.plusSeconds(1)).version()).isEqualTo(name);
        assertThat(currentMap.at(MOMENT.plusSeconds(1)).name(NEW_CODE)).isEqualTo("a better name");
    }

    @Test
    void a_map_that_cannot_be_read_leaves_the_one_before_in_use_and_is_tried_again() {
        currentMap.renew();
        clock.set(MOMENT);
        SquareCity.reform(administrator, MOMENT);
        before = sql -> {
            if (sql.contains("tier <> 'MICRO_GRID'")) {
                throw new IllegalStateException("the database goes away in the middle");
            }
        };

        assertThat(currentMap.renew()).as("there is a map").isTrue();
        clock.move(Duration.ofSeconds(7));
        assertThat(currentMap.renew()).isTrue();
        assertThat(currentMap.get().findGrid(PLACE)).contains(OLD_CODE);
        assertThat(registry.get("citybrain.dispatch.map.failures").counter().count())
                .isEqualTo(2);
        assertThat(gauge("age"))
                .isEqualTo(Duration.between(BEFORE, clock.instant()).toSeconds());

        before = sql -> {};
        currentMap.renew();
        assertThat(currentMap.get().findGrid(PLACE)).contains(NEW_CODE);
        assertThat(gauge("age")).isZero();
        assertThat(registry.get("citybrain.dispatch.map.failures").counter().count())
                .isEqualTo(2);
    }

    @Test
    void there_is_no_map_before_the_first_is_published() {
        Database empty = Infrastructure.shared().newDatabase();
        CurrentMap none = newMap(empty.dataSource(ServiceLogin.DISPATCH));

        assertThat(none.renew()).isFalse();
        assertThat(none.get().findGrid(PLACE)).isEmpty();
        SquareCity.build(empty.administratorDataSource());
        assertThat(none.renew()).isTrue();
    }

    @Test
    void key_places_are_those_of_today_without_a_new_version_of_the_map() {
        currentMap.renew();
        long loads = loads();
        SquareCity.addKeyPlace(administrator, "school", PLACE.longitude(), PLACE.latitude());
        addKeyPlaceFrom("hospital", MOMENT);
        currentMap.renew();

        assertThat(currentMap.get().keyPlacesNear(PLACE, 100, 10))
                .extracting(KeyPlace::id)
                .containsExactly("school");
        clock.set(MOMENT);
        currentMap.renew();
        assertThat(currentMap.get().keyPlacesNear(PLACE, 100, 10))
                .extracting(KeyPlace::id)
                .containsExactly("hospital", "school");
        JdbcClient.create(administrator)
                .sql("delete from grid.layer_feature where id = 'school'")
                .update();
        currentMap.renew();
        assertThat(currentMap.get().keyPlacesNear(PLACE, 100, 10))
                .extracting(KeyPlace::id)
                .containsExactly("hospital");
        assertThat(loads()).as("maps read").isEqualTo(loads);
    }

    @Test
    void a_changed_roster_is_seen_in_the_map_in_force_and_in_the_next() {
        currentMap.renew();
        SquareCity.reform(administrator, MOMENT);
        currentMap.renew();
        JdbcClient jdbc = JdbcClient.create(administrator);
        jdbc.sql("insert into grid.staff values ('watch', '50', 'OPERATOR', '20:00', '08:00', 'REGISTERED')")
                .update();
        jdbc.sql("update grid.roster_change set number = number + 1").update();
        currentMap.renew();

        assertThat(currentMap.get().shifts("50")).hasSize(1);
        assertThat(currentMap.at(MOMENT).shifts("50")).hasSize(1);
        assertThat(currentMap.at(MOMENT).version())
                .isNotEqualTo(currentMap.get().version());
    }

    @Test
    void the_map_before_is_found_for_as_long_as_an_open_incident_was_decided_on_it() {
        currentMap.renew();
        SquareCity.reform(administrator, MOMENT);
        currentMap.renew();
        clock.set(MOMENT);
        currentMap.renew();

        assertThat(currentMap.find(1)).as("batches may be on their way").isPresent();
        clock.move(Duration.ofMinutes(11));
        currentMap.renew();
        assertThat(currentMap.find(1)).as("no incident is open").isEmpty();
        assertThat(currentMap.find(2)).isPresent();
        assertThat(currentMap.find(3)).isEmpty();
    }

    private CurrentMap newMap() {
        return newMap(database.dataSource(ServiceLogin.DISPATCH));
    }

    private CurrentMap newMap(DataSource dispatch) {
        DataSource watched = new DelegatingDataSource(dispatch) {
            @Override
            public Connection getConnection() throws SQLException {
                return watched(super.getConnection());
            }
        };
        JdbcClient jdbc = JdbcClient.create(watched);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(watched);
        return new CurrentMap(
                new PostgisGovernanceMap(jdbc, transactions),
                new MapMeters(registry, clock),
                new MapSettings(Duration.ofMinutes(10)),
                new CurrentSurroundings(new PostgisSurroundings(jdbc, transactions), registry),
                clock);
    }

    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        before.accept((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void addKeyPlaceFrom(String id, Instant from) {
        JdbcClient.create(administrator)
                .sql("""
                        insert into grid.layer_feature (layer, id, kind, name, geometry, provenance, valid_from)
                        values ('KEY_PLACE', :id, 'HOSPITAL', :id, st_setsrid(st_makepoint(:longitude, :latitude), 4326), 'SYNTHETIC', :from)
                        """)
                .param("id", id)
                .param("longitude", PLACE.longitude())
                .param("latitude", PLACE.latitude())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .update();
    }

    private long gauge(String name) {
        return (long) registry.get("citybrain.dispatch.map." + name).gauge().value();
    }

    private long loads() {
        return registry.get("citybrain.dispatch.map.load").timer().count();
    }
}
