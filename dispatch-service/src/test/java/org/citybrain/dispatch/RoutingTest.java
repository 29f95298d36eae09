package org.citybrain.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Departments, boards, rosters and pictures through the whole pipeline, on real PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.relay-age-interval=1h",
            "city-brain.dispatch.map-interval=1h",
            "city-brain.dispatch.waiting-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RoutingTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final DataSource SOURCE = DATABASE.administratorDataSource();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(SOURCE);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final String FIRE = "fire.building";

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    private long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(SOURCE);
        SquareCity.addDepartment(SOURCE, "fire-city", "50");
        SquareCity.addDepartment(SOURCE, "fire-west", "500103");
        SquareCity.addDepartment(SOURCE, "fire-east", "500105");
        SquareCity.addArea(SOURCE, "area-city", "fire-city", 0, 15, FIRE, LONG_AGO, null);
        SquareCity.addArea(SOURCE, "area-west", "fire-west", 0, 7, FIRE, LONG_AGO, null);
        SquareCity.addArea(SOURCE, "area-east", "fire-east", 8, 15, FIRE, LONG_AGO, null);
    }

    @BeforeEach
    void begin_with_an_empty_store() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition, grid.staff
                        """).update();
        ADMINISTRATOR.sql("update grid.roster_change set number = number + 1").update();
        currentMap.renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    @Test
    void a_grave_incident_calls_the_departments_and_names_the_streets_board() {
        process(report().type(FIRE).people(1_200));

        assertThat(tasks())
                .containsExactly(
                        "50 COMMAND - -",
                        "50 EXECUTE fire-city -",
                        "500103 COORDINATE - -",
                        "500103 EXECUTE fire-west -",
                        "500103001 COORDINATE - SAFETY_AND_RULE_OF_LAW",
                        "500103001001 COORDINATE - -",
                        "500103001001001 EXECUTE - -");
        assertThat(ADMINISTRATOR
                        .sql("select count(distinct id) from dispatch.task")
                        .query(Long.class)
                        .single())
                .isEqualTo(7);
        assertThat(picture().path("departments").findValuesAsString("code")).containsExactly("fire-city", "fire-west");
        JsonNode line = json("select detail::text from dispatch.incident_event where kind = 'DISPATCHED'");
        assertThat(line.path("rule").asString()).isEqualTo("II");
        assertThat(line.path("policyVersion").asInt()).isEqualTo(1);
        assertThat(line.path("tasks").findValues("department")).hasSize(2);
    }

    @Test
    void an_ordinary_one_is_the_streets_and_a_graver_figure_calls_the_district_then_the_city() {
        process(report().type(FIRE).people(10));
        assertThat(departments()).isEmpty();
        assertThat(missing()).doesNotContain("departments");

        process(report().type(FIRE).people(150));
        assertThat(departments()).containsExactly("fire-west");

        process(report().type(FIRE).people(1_200), report().type(FIRE).people(1_300));
        assertThat(departments()).containsExactly("fire-city", "fire-west");
    }

    @Test
    void a_footprint_over_the_border_calls_the_departments_of_both_sides() {
        double border = SquareCity.WEST + 8 * SquareCity.SIDE;
        process(report().type(FIRE)
                .at(border - 0.001, SquareCity.latitude())
                .radius(300)
                .people(150));

        assertThat(departments()).containsExactly("fire-east", "fire-west");
        assertThat(ADMINISTRATOR
                        .sql("select commanding_unit from dispatch.incident")
                        .query(String.class)
                        .single())
                .isEqualTo("50");
    }

    @Test
    void where_no_department_answers_that_is_said_and_the_incident_is_dispatched() {
        process(report().type("gas.leak").people(150));

        assertThat(departments()).isEmpty();
        assertThat(missing()).contains("departments");
        assertThat(picture().at("/missingBecause/departments").asString())
                .isEqualTo("no department answers for gas.leak here");
        assertThat(tasks()).hasSize(5);
    }

    @Test
    void an_area_that_ends_is_gone_from_its_moment_on_and_one_that_begins_is_there() {
        SquareCity.addDepartment(SOURCE, "water", "500103");
        Instant soon = Instant.now().plus(1, ChronoUnit.HOURS);
        SquareCity.addArea(SOURCE, "water-before", "water", 0, 7, "flood.waterlogging", LONG_AGO, soon);
        SquareCity.addArea(SOURCE, "water-then", "water", 0, 7, "flood.waterlogging", soon, null);
        currentMap.renew();
        process(report().people(150));
        assertThat(departments()).containsExactly("water");
        assertThat(picture().at("/departments/0/area").asString()).isEqualTo("water-before");
        begin_with_an_empty_store();

        ADMINISTRATOR
                .sql("delete from grid.layer_feature where id = 'water-before'")
                .update();
        ADMINISTRATOR
                .sql("update grid.department set name = 'water works' where code = 'water'")
                .update();
        currentMap.renew();
        process(report().people(150));
        assertThat(departments()).as("the other begins in an hour").isEmpty();
    }

    @Test
    void where_nobody_is_on_duty_the_unit_above_is_asked_as_well_and_the_timeline_says_so() {
        addShiftThatIsOver("500103001001001");
        process(report().people(20));

        assertThat(tasks())
                .containsExactly(
                        "50 NOTIFY - -",
                        "500103 COMMAND - -",
                        "500103001 COORDINATE - SAFETY_AND_RULE_OF_LAW",
                        "500103001001 EXECUTE - -",
                        "500103001001001 EXECUTE - -");
        JsonNode line = json("select detail::text from dispatch.incident_event where kind = 'ESCALATED'");
        assertThat(line.path("from").get(0).asString()).isEqualTo("500103001001001");
        assertThat(line.path("to").asString()).isEqualTo("500103001001");
        assertThat(line.path("why").asString()).isEqualTo("nobody is on duty there by the roster");
        assertThat(lines("actor")).endsWith("rule:routing@1", "rule:routing@1");

        process(report().people(20));
        assertThat(lines("kind"))
                .as("a further report asks nobody anew")
                .containsExactly("OPENED", "GRADED", "DISPATCHED", "ESCALATED", "MERGED");

        process(report().people(150));
        assertThat(lines("kind").subList(5, 9)).containsExactly("MERGED", "GRADED", "DISPATCHED", "ESCALATED");
    }

    @Test
    void the_city_has_nowhere_to_escalate_to() {
        addShiftThatIsOver("50");
        process(report().people(640));

        assertThat(lines("kind")).containsExactly("OPENED", "GRADED", "DISPATCHED", "SUPERVISED");
        JsonNode line = json("select detail::text from dispatch.incident_event where kind = 'SUPERVISED'");
        assertThat(line.path("alarm").asBoolean()).isTrue();
        assertThat(line.path("from").get(0).asString()).isEqualTo("50");
    }

    @Test
    void what_is_off_the_list_does_not_wait_for_a_grid() {
        addShiftThatIsOver("500103001001001");
        process(report().type("flood.river-level"));

        assertThat(tasks()).noneMatch(task -> task.startsWith("500103001001001"));
        assertThat(lines("kind")).containsExactly("OPENED", "GRADED", "DISPATCHED");
    }

    @Test
    void the_picture_says_where_a_place_is_only_a_units() {
        process(report().type("power.outage")
                .from(SourceKind.OPERATOR, "district-operator")
                .of("500103001001"));

        assertThat(picture().path("locatedBy"))
                .isEqualTo(MessageJson.MAPPER.readTree(
                        "{\"unitCode\": \"500103001001\", \"position\": {\"longitude\": %s, \"latitude\": %s}}"
                                .formatted(SquareCity.longitudeOf(0), SquareCity.latitude())));
        process(report().type("city.noise").inGrid(4));

        assertThat(all("select picture -> 'locatedBy' ->> 'unitCode' from dispatch.incident where type = 'city.noise'"))
                .containsExactly((String) null);
    }

    @Test
    void the_picture_shows_devices_key_places_and_open_incidents_near_the_nearest_first() {
        double west = SquareCity.longitudeOf(4);
        double degreeMeters = 96_500;
        for (int i = 1; i <= 12; i++) {
            SquareCity.addDevice(SOURCE, "camera-" + i, west + 30 * i / degreeMeters, SquareCity.latitude());
        }
        SquareCity.addDevice(SOURCE, "camera-far", west + 900 / degreeMeters, SquareCity.latitude());
        SquareCity.addKeyPlace(SOURCE, "a-school", west + 300 / degreeMeters, SquareCity.latitude());
        SquareCity.addKeyPlace(SOURCE, "b-school", west + 100 / degreeMeters, SquareCity.latitude());
        currentMap.renew();
        process(report().type("power.outage").at(west + 400 / degreeMeters, SquareCity.latitude()));
        process(report().type("city.litter").at(west + 2_000 / degreeMeters, SquareCity.latitude()));
        String stored =
                all("select dispatch.readable_number(opened_at, number) from dispatch.incident where type = 'power.outage'")
                        .getFirst();

        process(
                report().at(west, SquareCity.latitude()),
                report().type("city.noise").at(west + 200 / degreeMeters, SquareCity.latitude()));

        JsonNode picture = json("select picture::text from dispatch.incident where type = 'flood.waterlogging'");
        assertThat(picture.path("devicesNearCount").asInt()).isEqualTo(12);
        assertThat(picture.path("devicesNear").findValuesAsString("id"))
                .hasSize(10)
                .startsWith("camera-1", "camera-2", "camera-3");
        assertThat(picture.at("/devicesNear/0/metersAway").asInt()).isBetween(29, 31);
        assertThat(picture.path("keyPlacesNear").findValuesAsString("id")).containsExactly("b-school", "a-school");
        assertThat(picture.path("openIncidentsNear").findValuesAsString("type"))
                .containsExactly("city.noise", "power.outage");
        assertThat(picture.at("/openIncidentsNear/0/scope").asString()).isEqualTo("R2");
        assertThat(picture.at("/openIncidentsNear/0").has("number"))
                .as("of the same batch: it has none yet")
                .isFalse();
        assertThat(picture.at("/openIncidentsNear/1/number").asString()).isEqualTo(stored);
        assertThat(picture.at("/openIncidentsNear/1/level").asString()).isEqualTo("IV");
        assertThat(picture.path("missing").valueStream().map(JsonNode::asString))
                .as("no roster is known")
                .containsExactly("staffOnDuty");
        assertThat(json("select picture::text from dispatch.incident where type = 'city.noise'")
                        .path("openIncidentsNear")
                        .findValuesAsString("type"))
                .containsExactlyInAnyOrder("flood.waterlogging", "power.outage");
    }

    @Test
    void of_many_open_incidents_near_ten_are_shown() {
        for (int i = 0; i < 12; i++) {
            process(report().type("city.manhole-cover")
                    .at(SquareCity.longitudeOf(2) + 0.0003 * i, SquareCity.latitude()));
        }
        process(report().inGrid(2));

        JsonNode picture = json("select picture::text from dispatch.incident where type = 'flood.waterlogging'");
        assertThat(picture.path("openIncidentsNear").size()).isEqualTo(10);
        assertThat(picture.path("moreOpenIncidentsNear").asBoolean()).isTrue();
        assertThat(picture.at("/openIncidentsNear/0/metersAway").asInt()).isZero();
    }

    @Test
    void where_open_incidents_near_cannot_be_read_that_is_named_and_the_batch_is_dispatched() {
        ADMINISTRATOR
                .sql("alter function dispatch.square_of rename to square_away")
                .update();
        try {
            process(report().inGrid(1), report().inGrid(9), report().type("no.such-type"));
        } finally {
            ADMINISTRATOR
                    .sql("alter function dispatch.square_away rename to square_of")
                    .update();
        }

        assertThat(all("select picture ->> 'missing' from dispatch.incident"))
                .hasSize(2)
                .allMatch(missing -> missing.contains("openIncidentsNear"));
        assertThat(all("select picture -> 'missingBecause' ->> 'openIncidentsNear' from dispatch.incident"))
                .containsOnly("they could not be read");
        assertThat(all("select count(*)::text from dispatch.task")).containsExactly("10");
        assertThat(all("select reason from dispatch.parked_report")).containsExactly("UNKNOWN_TYPE");
    }

    @Test
    void a_sensor_alone_calls_no_city_department_before_it_is_confirmed() {
        process(report().type(FIRE).from(SourceKind.SENSOR, "gw-1").people(1_200));
        assertThat(departments()).containsExactly("fire-west");

        process(report().type(FIRE).from(SourceKind.SENSOR, "gw-2").people(1_200));
        assertThat(departments()).containsExactly("fire-city", "fire-west");
    }

    /** Two hours from now, whatever the time is. */
    private void addShiftThatIsOver(String unit) {
        LocalTime now = LocalTime.now(ZoneId.of("Asia/Shanghai")).truncatedTo(ChronoUnit.SECONDS);
        SquareCity.addShift(
                SOURCE,
                "watch-" + unit,
                unit,
                now.plusHours(2).toString(),
                now.plusHours(3).toString());
        currentMap.renew();
    }

    private void process(ReportBuilder... reports) {
        pipeline.process(Arrays.stream(reports)
                .map(r -> readReports.read(r.polled(0, nextOffset++)))
                .toList());
    }

    private static List<String> tasks() {
        return all("""
                select unit_code || ' ' || role || ' ' || coalesce(department_code, '-') || ' ' || coalesce(board, '-')
                from dispatch.task order by length(unit_code), unit_code, department_code nulls first
                """);
    }

    private static List<String> departments() {
        return all("select department_code from dispatch.task where department_code is not null order by 1");
    }

    private static List<String> lines(String column) {
        return all("select " + column + " from dispatch.incident_event order by sequence");
    }

    private static List<String> missing() {
        return picture().path("missing").valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode picture() {
        return json("select picture::text from dispatch.incident");
    }

    private static JsonNode json(String sql) {
        return MessageJson.MAPPER.readTree(
                ADMINISTRATOR.sql(sql).query(String.class).single());
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }
}
