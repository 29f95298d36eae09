package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class CurrentSurroundingsTest {

    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(3600);
    private static final Position PLACE = new Position(SquareCity.longitudeOf(0), SquareCity.latitude());

    private final Database database = Infrastructure.shared().newDatabase();
    private final DataSource administrator = database.administratorDataSource();
    private final JdbcClient jdbc = JdbcClient.create(administrator);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CurrentSurroundings current = surroundings();

    @BeforeEach
    void fill() {
        SquareCity.build(administrator);
        SquareCity.addDepartment(administrator, "fire", "500103");
        SquareCity.addArea(administrator, "area", "fire", 0, 7, "", BEFORE, null);
        SquareCity.addDevice(administrator, "camera", PLACE.longitude(), PLACE.latitude());
    }

    @Test
    void what_cannot_be_read_is_not_there_and_the_other_is() {
        jdbc.sql("revoke select on grid.device_view from city_brain_reader").update();
        current.renew(NOW);

        assertThat(current.get().devicesNear(PLACE, 100, NOW)).as("not read").isEmpty();
        assertThat(departments()).isEqualTo(Optional.of(List.of("fire")));
        assertThat(failures()).isEqualTo(1);

        jdbc.sql("grant select on grid.device_view to city_brain_reader").update();
        current.renew(NOW);
        assertThat(devices()).containsExactly("camera");
    }

    @Test
    void what_was_read_before_stays_while_it_cannot_be_read() {
        current.renew(NOW);
        jdbc.sql("revoke select on grid.responsibility_area_view, grid.layer_change_view from city_brain_reader")
                .update();
        SquareCity.addArea(administrator, "more", "fire", 8, 15, "", BEFORE, null);
        current.renew(NOW);

        assertThat(departments()).isEqualTo(Optional.of(List.of("fire")));
        assertThat(failures()).isEqualTo(1);
    }

    @Test
    void each_is_read_again_only_where_it_has_changed() {
        current.renew(NOW);
        Surroundings first = current.get();
        current.renew(NOW);
        assertThat(current.get()).isSameAs(first);

        SquareCity.addDevice(administrator, "another", PLACE.longitude(), PLACE.latitude());
        current.renew(NOW);
        assertThat(devices()).containsExactly("another", "camera");
        assertThat(registry.get("citybrain.dispatch.surroundings.devices")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void a_department_that_is_renamed_is_called_by_its_new_name() {
        current.renew(NOW);
        jdbc.sql("update grid.department set name = 'fire and rescue' where code = 'fire'")
                .update();
        current.renew(NOW);

        assertThat(find().orElseThrow())
                .extracting(found -> found.department().name())
                .containsExactly("fire and rescue");
    }

    private CurrentSurroundings surroundings() {
        DataSource dispatch = database.dataSource(ServiceLogin.DISPATCH);
        return new CurrentSurroundings(
                new PostgisSurroundings(JdbcClient.create(dispatch), new DataSourceTransactionManager(dispatch)),
                registry);
    }

    private List<String> devices() {
        return current.get().devicesNear(PLACE, 100, NOW).orElseThrow().stream()
                .map(near -> near.what().id())
                .toList();
    }

    private Optional<List<String>> departments() {
        return find().map(found ->
                found.stream().map(each -> each.department().code()).toList());
    }

    private Optional<List<ResponsibleDepartment>> find() {
        return current.get().findDepartments("gas.leak", Set.of(Tier.DISTRICT), List.of(PLACE), List.of(), 0.01, NOW);
    }

    private double failures() {
        return registry.get("citybrain.dispatch.surroundings.failures")
                .counter()
                .count();
    }
}
