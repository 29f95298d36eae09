package org.citybrain.dispatch.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.access.command.CheckInMoves;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Whistles, check-ins, services and ratings over HTTP, on real PostGIS; and two instances that end what nobody answers. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.check-in-sweep=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CheckInTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String WORKER = person("grid-worker", "500103001001001", "GRID_WORKER");
    private static final String NEXT_SHIFT = person("other-worker", "500103001001001", "GRID_WORKER");
    private static final String STREET = person("street-operator", "500103001", "OPERATOR");
    private static final String COMMUNITY = person("community-operator", "500103001001", "OPERATOR");
    private static final String DISTRICT = person("district-operator", "500103", "OPERATOR");
    private static final String ELSEWHERE = person("worker-there", "500105001001001", "GRID_WORKER");
    private static final String WATER = department("water-1", "500103", "500103-water");
    private static final String FIRE = department("fire-1", "500103", "500103-fire");

    private static final Set<IncidentStatus> CLOSED =
            Set.of(IncidentStatus.CLOSED, IncidentStatus.FALSE_ALARM, IncidentStatus.MERGED);

    private static final String WHISTLE = "{\"reason\": \"the drain is blocked\", \"departments\": [\"500103-water\"]}";
    private static final String HERE = place(SquareCity.longitudeOf(0), SquareCity.latitude(), "WGS84");

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @Autowired
    private EndSummons endSummons;

    @LocalServerPort
    private int port;

    private static ConfigurableApplicationContext secondInstance;
    private static long nextOffset;

    private UUID incident;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
        SquareCity.addDepartment(DATABASE.administratorDataSource(), "500103-water", "500103");
        SquareCity.addDepartment(DATABASE.administratorDataSource(), "500103-fire", "500103");
        SquareCity.addDepartment(DATABASE.administratorDataSource(), "50-water", "50");
        SquareCity.addDepartment(DATABASE.administratorDataSource(), "500105-water", "500105");
    }

    @BeforeAll
    static void start_a_second_instance() {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--city-brain.dispatch.auto-start=false",
                "--city-brain.dispatch.relay-interval=1h",
                "--city-brain.dispatch.check-in-sweep=1h"));
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> settings.add("--" + name + "=" + value));
        secondInstance = new SpringApplicationBuilder(DispatchApplication.class)
                .properties("spring.config.name=dispatch-service")
                .run(settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop_the_second_instance() {
        secondInstance.close();
    }

    @BeforeEach
    void an_open_incident() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.incident, dispatch.task, dispatch.incident_event, dispatch.report, dispatch.report_key,
                                 dispatch.command, dispatch.check_in, dispatch.feedback
                        """).update();
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        incident = open(report().people(20));
    }

    @Test
    void a_whistle_summons_departments_each_with_a_check_in_and_a_task_and_the_timeline_tells_it() throws Exception {
        Answer answer =
                whistle(WORKER, 1, "{\"reason\": \"blocked\", \"departments\": [\"500103-water\", \"50-water\"]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(all("""
                        select department_code || ' ' || status || ' ' || whistled_by || ' ' || whistled_as || ' ' || whistled_unit || ' '
                               || extract(epoch from due_at - whistled_at)::int / 60 || ' '
                               || extract(epoch from absent_from - due_at)::int / 3600
                        from dispatch.check_in order by department_code desc"""))
                .containsExactly(
                        "500103-water SUMMONED grid-worker GRID_WORKER 500103001001001 30 24",
                        "50-water SUMMONED grid-worker GRID_WORKER 500103001001001 30 24");
        assertThat(all("""
                        select department_code || ' ' || tier || ' ' || unit_code || ' ' || role || ' ' || status || ' ' || changed_by || ' '
                               || extract(epoch from acknowledge_by - dispatched_at)::int / 60
                        from dispatch.task where department_code is not null order by department_code desc"""))
                .containsExactly(
                        "500103-water DISTRICT 500103 EXECUTE DISPATCHED person:grid-worker 30",
                        "50-water CITY 50 EXECUTE DISPATCHED person:grid-worker 30");
        JsonNode line = detail("WHISTLED");
        assertThat(line.get("reason").asString()).isEqualTo("blocked");
        assertThat(line.at("/checkIns/0/department/code").asString()).isEqualTo("500103-water");
        assertThat(line.at("/checkIns/0/points").toString())
                .isEqualTo("{\"onTime\":100,\"late\":50,\"absent\":0,\"ineffective\":-30}");
        assertThat(line.at("/checkIns/0/policyVersion").asInt()).isEqualTo(1);
        assertThat(line.at("/tasks/0/department/code").asString()).isEqualTo("500103-water");
        assertThat(line.get("tasks").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"20, 30", "150, 15", "640, 5", "1200, 5"})
    void how_soon_a_department_must_check_in_depends_on_the_level(long people, int minutes) throws Exception {
        UUID graver = open(
                report().at(SquareCity.longitudeOf(1), SquareCity.latitude()).people(people));
        String token = person("worker-2", "500103001001002", "GRID_WORKER");

        Answer answer = post(token, "incidents", graver, "whistle", 1, WHISTLE);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(all("select (extract(epoch from due_at - whistled_at)::int / 60)::text from dispatch.check_in"))
                .containsExactly(String.valueOf(minutes));
    }

    @Test
    void who_whistles_may_give_more_time_than_the_policy_and_never_less() throws Exception {
        Answer less = whistle(
                WORKER, 1, "{\"reason\": \"now\", \"departments\": [\"500103-water\"], \"checkInWithinMinutes\": 29}");
        assertThat(less.status()).isEqualTo(400);
        assertThat(less.json().get("field").asString()).isEqualTo("checkInWithinMinutes");

        whistle(
                WORKER,
                1,
                "{\"reason\": \"by noon\", \"departments\": [\"500103-water\"], \"checkInWithinMinutes\": 90}");
        assertThat(all("select (extract(epoch from due_at - whistled_at)::int / 60)::text from dispatch.check_in"))
                .containsExactly("90");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\": \"x\"}",
                "{\"reason\": \"x\", \"departments\": []}",
                "{\"reason\": \"x\", \"departments\": [\"500103-water\", \"500103-water\"]}",
                "{\"reason\": \"x\", \"departments\": [null]}",
                "{\"reason\": \"x\", \"departments\": [\"nobody\"]}",
                "{\"reason\": \"x\", \"departments\": [\"500105-water\"]}",
                "{\"departments\": [\"500103-water\"]}",
                "{\"reason\": \"x\", \"departments\": [\"500103-water\"], \"checkInWithinMinutes\": 10081}"
            })
    void a_whistle_for_what_cannot_be_is_refused_and_leaves_nothing(String body) throws Exception {
        Answer answer = whistle(WORKER, 1, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(all("select id::text from dispatch.check_in")).isEmpty();
        assertThat(version("incident", incident)).isEqualTo(1);
    }

    @Test
    void grids_and_streets_whistle_and_nobody_else() throws Exception {
        assertThat(whistle(COMMUNITY, 1, WHISTLE).reason()).isEqualTo("NOT_A_WHISTLER");
        assertThat(whistle(DISTRICT, 1, WHISTLE).status()).isEqualTo(403);
        assertThat(whistle(ELSEWHERE, 1, WHISTLE).status()).isEqualTo(404);
        assertThat(whistle(WATER, 1, WHISTLE).status()).isEqualTo(403);
        assertThat(whistle(STREET, 1, WHISTLE).status()).isEqualTo(200);
    }

    @Test
    void a_department_that_is_not_done_with_is_not_summoned_again_and_one_that_was_rated_begins_anew()
            throws Exception {
        whistle(WORKER, 1, WHISTLE);
        Answer again = whistle(STREET, 2, WHISTLE);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("ALREADY_SUMMONED");
        assertThat(whistle(STREET, 2, "{\"reason\": \"x\", \"departments\": [\"500103-fire\", \"500103-water\"]}")
                        .reason())
                .isEqualTo("ALREADY_SUMMONED");
        assertThat(all("select department_code from dispatch.check_in")).containsExactly("500103-water");

        UUID first = checkIn("500103-water");
        post(WATER, "check-ins", first, "check-in", 1, HERE);
        post(WATER, "check-ins", first, "serve", 2, "{\"text\": \"pumped\"}");
        post(WORKER, "check-ins", first, "rate", 3, "{\"rating\": \"EFFECTIVE\", \"reason\": \"dry\"}");
        ADMINISTRATOR
                .sql(
                        "update dispatch.task set acknowledge_from = now() - interval '1 day', resolve_from = now() - interval '1 day'")
                .update();
        assertThat(whistle(STREET, 2, WHISTLE).status()).isEqualTo(200);

        assertThat(all("select (coalesce(acknowledge_from, dispatched_at) >= dispatched_at"
                        + " and coalesce(resolve_from, dispatched_at) >= dispatched_at)::text from dispatch.task"
                        + " where department_code is not null"))
                .as("its time counts from when it was dispatched")
                .containsExactly("true");
        assertThat(all("select round || ' ' || status || ' ' || whistled_as from dispatch.check_in order by round"))
                .containsExactly("1 RATED GRID_WORKER", "2 SUMMONED OPERATOR");
        assertThat(all("select status || ' ' || version from dispatch.task where department_code is not null"))
                .containsExactly("DISPATCHED 4");
    }

    @Test
    void a_department_checks_in_serves_and_is_rated_and_its_task_goes_along() throws Exception {
        whistle(WORKER, 1, WHISTLE);
        UUID checkIn = checkIn("500103-water");

        Answer came = post(WATER, "check-ins", checkIn, "check-in", 1, HERE);
        assertThat(came.status()).as(came.text()).isEqualTo(200);
        assertThat(came.header("ETag")).isEqualTo("\"2\"");
        assertThat(came.json().at("/checkIn/status").asString()).isEqualTo("CHECKED_IN");
        assertThat(came.json().at("/checkIn/changedBy").asString()).isEqualTo("person:water-1");
        assertThat(task()).isEqualTo("IN_PROGRESS person:water-1");
        assertThat(detail("CHECKED_IN").at("/checkIns/0/late").asBoolean()).isFalse();
        assertThat(detail("CHECKED_IN").at("/checkIns/0/outsideSurroundings").asBoolean())
                .isFalse();
        assertThat(detail("CHECKED_IN").at("/tasks/0/status").asString()).isEqualTo("IN_PROGRESS");

        String hash = "ab".repeat(32);
        Answer served = post(
                WATER, "check-ins", checkIn, "serve", 2, "{\"text\": \"pumped\", \"evidence\": [\"" + hash + "\"]}");
        assertThat(served.status()).as(served.text()).isEqualTo(200);
        assertThat(task()).isEqualTo("COMPLETED person:water-1");
        assertThat(detail("SERVED").get("reason").asString()).isEqualTo("pumped");
        assertThat(detail("SERVED").at("/checkIns/0/evidence/0").asString()).isEqualTo(hash);

        Answer rated = post(
                WORKER, "check-ins", checkIn, "rate", 3, "{\"rating\": \"INEFFECTIVE\", \"reason\": \"still wet\"}");
        assertThat(rated.status()).as(rated.text()).isEqualTo(200);
        assertThat(detail("RATED").at("/checkIns/0/rating").asString()).isEqualTo("INEFFECTIVE");
        assertThat(all("""
                        select status || ' ' || version || ' ' || checked_in_by || ' ' || served_by || ' ' || rated_by || ' ' || rating
                        from dispatch.check_in""")).containsExactly("RATED 4 water-1 water-1 grid-worker INEFFECTIVE");
        assertThat(all("select kind || ' ' || incident_version || ' ' || actor from dispatch.incident_event "
                        + "where actor like 'person:%' order by sequence"))
                .containsExactly(
                        "WHISTLED 2 person:grid-worker",
                        "CHECKED_IN 2 person:water-1",
                        "SERVED 2 person:water-1",
                        "RATED 2 person:grid-worker");
    }

    @ParameterizedTest
    @CsvSource({
        // A degree of longitude is 96.8 km here.
        "0.0,    false",
        "0.0045, false",
        "0.0062, true",
        "1.0,    true"
    })
    void who_checks_in_outside_of_the_surroundings_is_flagged_with_the_distance(double degreesEast, boolean outside)
            throws Exception {
        whistle(WORKER, 1, WHISTLE);

        Answer came = post(
                WATER,
                "check-ins",
                checkIn("500103-water"),
                "check-in",
                1,
                place(SquareCity.longitudeOf(0) + degreesEast, SquareCity.latitude(), "WGS84"));

        assertThat(came.status()).as(came.text()).isEqualTo(200);
        assertThat(detail("CHECKED_IN").at("/checkIns/0/outsideSurroundings").asBoolean())
                .isEqualTo(outside);
        assertThat(detail("CHECKED_IN").at("/checkIns/0/metersAway").asDouble())
                .isBetween(degreesEast * 96_000, degreesEast * 97_500 + 1);
    }

    @Test
    void a_place_of_another_datum_is_converted() throws Exception {
        whistle(WORKER, 1, WHISTLE);

        post(
                WATER,
                "check-ins",
                checkIn("500103-water"),
                "check-in",
                1,
                place(SquareCity.longitudeOf(0), SquareCity.latitude(), "GCJ02"));

        // The same figures, taken for another datum, lie 407 to 601 m away.
        assertThat(detail("CHECKED_IN").at("/checkIns/0/metersAway").asDouble()).isBetween(400.0, 610.0);
    }

    @Test
    void whose_whistle_came_to_a_clock_that_is_ahead_checks_in_all_the_same() throws Exception {
        whistle(WORKER, 1, WHISTLE);
        ADMINISTRATOR
                .sql("update dispatch.check_in set whistled_at = now() + interval '20 seconds'")
                .update();

        Answer came = post(WATER, "check-ins", checkIn("500103-water"), "check-in", 1, HERE);

        assertThat(came.status()).as(came.text()).isEqualTo(200);
        assertThat(all("select (checked_in_at = whistled_at)::text from dispatch.check_in"))
                .containsExactly("true");
    }

    @Test
    void late_is_who_comes_after_it_was_due_by_the_clock_of_whoever_came() throws Exception {
        whistle(WORKER, 1, "{\"reason\": \"x\", \"departments\": [\"500103-water\", \"500103-fire\"]}");
        ADMINISTRATOR
                .sql(
                        "update dispatch.check_in set whistled_at = whistled_at - interval '2 hours', due_at = due_at - interval '2 hours'")
                .update();
        String inTime = Instant.now()
                .minus(Duration.ofMinutes(100))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();

        assertThat(post(WATER, "check-ins", checkIn("500103-water"), "check-in", 1, HERE)
                        .status())
                .isEqualTo(200);
        assertThat(detail("CHECKED_IN").at("/checkIns/0/late").asBoolean()).isTrue();
        Answer offline = post(
                FIRE,
                "check-ins",
                checkIn("500103-fire"),
                "check-in",
                1,
                HERE.substring(0, HERE.length() - 1) + ", \"at\": \"" + inTime + "\"}");
        assertThat(offline.status()).as(offline.text()).isEqualTo(200);
        assertThat(detail("CHECKED_IN").at("/checkIns/0/late").asBoolean()).isFalse();
        assertThat(detail("CHECKED_IN").at("/checkIns/0/at").asString()).isEqualTo(inTime);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check-in | {}",
                "check-in | {\"location\": {\"longitude\": 106.5, \"latitude\": 29.5}}",
                "check-in | {\"location\": {\"longitude\": 206.5, \"latitude\": 29.5, \"datum\": \"WGS84\"}}",
                "check-in | {\"location\": {\"longitude\": 106.5, \"datum\": \"WGS84\"}}",
                "check-in | {\"location\": {\"longitude\": 106.5, \"latitude\": 29.5, \"datum\": \"WGS84\"}, \"at\": \"2020-01-01T00:00:00Z\"}",
                "check-in | {\"location\": {\"longitude\": 106.5, \"latitude\": 29.5, \"datum\": \"WGS84\"}, \"at\": \"2120-01-01T00:00:00Z\"}",
                "check-in | {\"location\": {\"longitude\": 106.5, \"latitude\": 29.5, \"datum\": \"TOKYO\"}}"
            })
    void a_check_in_that_cannot_be_is_refused(String command, String body) throws Exception {
        whistle(WORKER, 1, WHISTLE);

        Answer answer = post(WATER, "check-ins", checkIn("500103-water"), command, 1, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(all("select status from dispatch.check_in")).containsExactly("SUMMONED");
    }

    @Test
    void only_the_department_checks_in_and_only_who_whistled_or_took_over_rates() throws Exception {
        whistle(WORKER, 1, WHISTLE);
        UUID checkIn = checkIn("500103-water");

        assertThat(post(FIRE, "check-ins", checkIn, "check-in", 1, HERE).reason())
                .isEqualTo("NOT_THE_DEPARTMENT");
        assertThat(post(WORKER, "check-ins", checkIn, "check-in", 1, HERE).status())
                .isEqualTo(403);
        assertThat(post(department("water-2", "500105", "500105-water"), "check-ins", checkIn, "check-in", 1, HERE)
                        .status())
                .isEqualTo(404);
        assertThat(post(WATER, "check-ins", checkIn, "check-in", 1, HERE).status())
                .isEqualTo(200);
        String rating = "{\"rating\": \"EFFECTIVE\", \"reason\": \"dry\"}";
        for (String token : List.of(STREET, DISTRICT)) {
            assertThat(post(token, "check-ins", checkIn, "rate", 2, rating).reason())
                    .isEqualTo("NOT_THE_WHISTLER");
        }
        assertThat(post(WATER, "check-ins", checkIn, "rate", 2, rating).status())
                .isEqualTo(403);
        assertThat(post(
                                departmentWithRoles("500103001001001", "500103-water", "DEPARTMENT", "GRID_WORKER"),
                                "check-ins",
                                checkIn,
                                "rate",
                                2,
                                rating)
                        .reason())
                .isEqualTo("NOT_THE_WHISTLER");
        assertThat(post(NEXT_SHIFT, "check-ins", checkIn, "rate", 2, rating).status())
                .isEqualTo(200);
    }

    @Test
    void what_the_table_does_not_name_is_refused_and_what_it_does_is_named() throws Exception {
        whistle(WORKER, 1, WHISTLE);
        UUID checkIn = checkIn("500103-water");

        Answer served = post(WATER, "check-ins", checkIn, "serve", 1, "{\"text\": \"done\"}");
        assertThat(served.status()).isEqualTo(409);
        assertThat(served.reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(served.json().get("expected").asString()).contains("check-in");
        Answer stale = post(WATER, "check-ins", checkIn, "check-in", 7, HERE);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().at("/checkIn/changedBy").asString()).isEqualTo("person:grid-worker");
    }

    @ParameterizedTest
    @EnumSource(IncidentStatus.class)
    void a_whistle_is_taken_in_the_statuses_that_the_table_names_and_in_no_other(IncidentStatus status)
            throws Exception {
        ADMINISTRATOR
                .sql("update dispatch.incident set status = :status, closed_at = case when :closed then now() end")
                .param("status", status.name())
                .param("closed", CLOSED.contains(status))
                .update();

        Answer answer = whistle(WORKER, 1, WHISTLE);

        boolean allowed = IncidentMoves.next(status, CommandName.WHISTLE).isPresent();
        assertThat(answer.status() + " " + answer.reason()).isEqualTo(allowed ? "200 " : "409 ILLEGAL_MOVE");
        assertThat(all("select status from dispatch.incident")).containsExactly(status.name());
        assertThat(all("select id::text from dispatch.check_in")).hasSize(allowed ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(CheckInStatus.class)
    void a_check_in_goes_where_its_table_says_and_nowhere_else(CheckInStatus status) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (CommandName command : CommandName.on(SubjectKind.CHECK_IN)) {
            ADMINISTRATOR.sql("truncate dispatch.check_in").update();
            insertSummons(incident, "500103-water", Duration.ofHours(1), Duration.ofHours(9));
            UUID checkIn = checkIn("500103-water");
            bring(checkIn, status);

            Answer answer = post(
                    command == CommandName.RATE ? WORKER : WATER,
                    "check-ins",
                    checkIn,
                    command.path(),
                    1,
                    switch (command) {
                        case CHECK_IN_DEPARTMENT -> HERE;
                        case SERVE -> "{\"text\": \"pumped\"}";
                        default -> "{\"rating\": \"EFFECTIVE\", \"reason\": \"dry\"}";
                    });
            Optional<CheckInStatus> next = CheckInMoves.next(status, command);
            String came = answer.status() + " " + answer.reason() + " → "
                    + all("select status from dispatch.check_in").getFirst();
            String expected = next.map(to -> "200  → " + to).orElse("409 ILLEGAL_MOVE → " + status);
            if (!came.equals(expected)) {
                wrong.add(command + ": expected " + expected + ", was " + came + ": " + answer.text());
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void who_does_not_come_is_absent_once_however_many_instances_look() throws Exception {
        List<UUID> incidents = new ArrayList<>(List.of(incident));
        for (int i = 1; i < 8; i++) {
            incidents.add(open(report().at(SquareCity.longitudeOf(i), SquareCity.latitude())));
        }
        for (UUID each : incidents) {
            insertSummons(each, "500103-water", Duration.ofHours(-26), Duration.ofHours(-1));
            insertSummons(each, "500103-fire", Duration.ofHours(-26), Duration.ofHours(1));
        }
        EndSummons other = secondInstance.getBean(EndSummons.class);

        atOnce(List.of(endSummons::end, other::end, endSummons::end, other::end));

        assertThat(all(
                        "select department_code || ' ' || status || ' ' || version || ' ' || count(*) from dispatch.check_in "
                                + "group by department_code, status, version order by 1"))
                .containsExactly("500103-fire SUMMONED 1 8", "500103-water ABSENT 2 8");
        assertThat(
                        all(
                                "select actor || ' ' || count(*) || ' ' || count(distinct incident_id) from dispatch.incident_event where kind = 'ABSENT' group by actor"))
                .containsExactly("rule:check-in@1 8 8");
        assertThat(detail("ABSENT").at("/checkIns/0/department/code").asString())
                .isEqualTo("500103-water");
        endSummons.end();
        assertThat(all("select count(*)::text from dispatch.incident_event where kind = 'ABSENT'"))
                .containsExactly("8");
    }

    @Test
    void when_the_incident_ends_who_was_due_is_absent_and_who_was_not_is_released() throws Exception {
        insertSummons(incident, "500103-water", Duration.ofHours(-1), Duration.ofHours(10));
        insertSummons(incident, "500103-fire", Duration.ofHours(1), Duration.ofHours(10));
        UUID due = checkIn("500103-water");
        post(DISTRICT, "incidents", incident, "mark-false", 1, "{\"reason\": \"a drill\"}");

        Answer tooLate = post(WATER, "check-ins", due, "check-in", 1, HERE);
        assertThat(tooLate.reason()).isEqualTo("INCIDENT_ENDED");
        endSummons.end();

        assertThat(all("select department_code || ' ' || status from dispatch.check_in order by 1"))
                .containsExactly("500103-fire RELEASED", "500103-water ABSENT");
        assertThat(all("select kind from dispatch.incident_event where kind in ('ABSENT', 'RELEASED') order by 1"))
                .containsExactly("ABSENT", "RELEASED");
    }

    @Test
    void the_log_and_the_state_say_the_same() throws Exception {
        whistle(WORKER, 1, "{\"reason\": \"x\", \"departments\": [\"500103-water\", \"500103-fire\", \"50-water\"]}");
        UUID water = checkIn("500103-water");
        post(WATER, "check-ins", water, "check-in", 1, HERE);
        post(WATER, "check-ins", water, "serve", 2, "{\"text\": \"pumped\"}");
        post(WORKER, "check-ins", water, "rate", 3, "{\"rating\": \"EFFECTIVE\", \"reason\": \"dry\"}");
        ADMINISTRATOR
                .sql(
                        "update dispatch.check_in set whistled_at = whistled_at - interval '2 days', due_at = due_at - interval '2 days', absent_from = absent_from - interval '2 days' where department_code = '500103-fire'")
                .update();
        endSummons.end();

        assertThat(all("""
                        select check_in_id || ' ' || case when bool_or(kind = 'ABSENT') then 'ABSENT' when bool_or(kind = 'RELEASED') then 'RELEASED'
                            when bool_or(kind = 'RATED') then 'RATED' when bool_or(kind = 'SERVED') then 'SERVED'
                            when bool_or(kind = 'CHECKED_IN') then 'CHECKED_IN' else 'SUMMONED' end
                            || ' late ' || coalesce((max(at) > max(due))::text, '-') || ' ' || coalesce(max(rating), '-')
                        from (select e.kind, c ->> 'id' as check_in_id, (c ->> 'at')::timestamptz as at,
                                     case when kind = 'WHISTLED' then (c ->> 'dueAt')::timestamptz end as due, c ->> 'rating' as rating
                              from dispatch.incident_event e cross join lateral json_array_elements(e.detail -> 'checkIns') as c) log
                        group by check_in_id order by 1"""))
                .isEqualTo(all("""
                        select id || ' ' || status || ' late ' || coalesce((checked_in_at > due_at)::text, '-') || ' ' || coalesce(rating, '-')
                        from dispatch.check_in order by 1"""))
                .hasSize(3)
                .anyMatch(line -> line.endsWith("ABSENT late - -"))
                .anyMatch(line -> line.endsWith("RATED late false EFFECTIVE"));
    }

    /** Puts a summons into a status, with what belongs to it. */
    private static void bring(UUID checkIn, CheckInStatus status) {
        ADMINISTRATOR
                .sql("""
                        update dispatch.check_in
                        set status = :status,
                            checked_in_at = case when came then now() end, checked_in_by = case when came then 'water-1' end,
                            location = case when came then st_point(106.5, 29.5, 4326) end, distance_m = case when came then 1 end,
                            outside_surroundings = case when came then false end,
                            served_at = case when served then now() end, served_by = case when served then 'water-1' end,
                            service = case when served then 'pumped' end, evidence = case when served then '[]'::json end,
                            rated_at = case when rated then now() end, rated_by = case when rated then 'grid-worker' end,
                            rating = case when rated then 'EFFECTIVE' end, rating_reason = case when rated then 'dry' end,
                            ended_at = case when :status in ('RATED', 'ABSENT', 'RELEASED') then now() end
                        from (select :status in ('CHECKED_IN', 'SERVED', 'RATED') as came, :status in ('SERVED', 'RATED') as served,
                                     :status = 'RATED' as rated) as so_far
                        where id = :id
                        """)
                .param("status", status.name())
                .param("id", checkIn)
                .update();
    }

    /** @param dueIn from now, as is absentIn */
    private static void insertSummons(UUID incident, String department, Duration dueIn, Duration absentIn) {
        Instant now = Instant.now();
        ADMINISTRATOR
                .sql("""
                        insert into dispatch.check_in (id, incident_id, round, version, status, department_code, department_name,
                            department_unit, task_id, whistled_at, whistled_by, whistled_as, whistled_unit, reason, due_at, absent_from,
                            surroundings_m)
                        values (gen_random_uuid(), :incident, 1, 1, 'SUMMONED', :department, 'a bureau', '500103', gen_random_uuid(),
                            :due::timestamptz - interval '2 hours', 'grid-worker', 'GRID_WORKER', '500103001001001', 'why',
                            :due::timestamptz, :absent::timestamptz, 500)
                        """)
                .param("incident", incident)
                .param("department", department)
                .param("due", now.plus(dueIn).toString())
                .param("absent", now.plus(absentIn).toString())
                .update();
    }

    private Answer whistle(String token, int version, String body) throws Exception {
        return post(token, "incidents", incident, "whistle", version, body);
    }

    private Answer post(String token, String subjects, UUID id, String command, int version, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/internal/" + subjects + "/" + id + "/" + command))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"" + version + "\"")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new Answer(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private static void atOnce(List<Runnable> all) throws Exception {
        CyclicBarrier start = new CyclicBarrier(all.size());
        List<Future<Void>> futures = new ArrayList<>();
        try (ExecutorService instances = Executors.newFixedThreadPool(all.size())) {
            for (Runnable each : all) {
                Callable<Void> call = () -> {
                    start.await();
                    each.run();
                    return null;
                };
                futures.add(instances.submit(call));
            }
            for (Future<Void> future : futures) {
                future.get(1, TimeUnit.MINUTES);
            }
        }
    }

    private UUID open(ReportBuilder builder) {
        pipeline.process(List.of(readReports.read(builder.polled(0, nextOffset++))));
        return ADMINISTRATOR
                .sql("select incident_id from dispatch.report where report_id = :id")
                .param("id", builder.received().reportId())
                .query(UUID.class)
                .single();
    }

    private static UUID checkIn(String department) {
        return ADMINISTRATOR
                .sql("select id from dispatch.check_in where department_code = :department order by round desc limit 1")
                .param("department", department)
                .query(UUID.class)
                .single();
    }

    private static int version(String table, UUID id) {
        return ADMINISTRATOR
                .sql("select version from dispatch." + table + " where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private static String task() {
        return all("select status || ' ' || changed_by from dispatch.task where department_code is not null")
                .getFirst();
    }

    /** Of the last line of this kind. */
    private static JsonNode detail(String kind) {
        return MessageJson.MAPPER.readTree(all("select detail::text from dispatch.incident_event where kind = '" + kind
                        + "' order by sequence desc limit 1")
                .getFirst());
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    private static String place(double longitude, double latitude, String datum) {
        return "{\"location\": {\"longitude\": %s, \"latitude\": %s, \"datum\": \"%s\"}}"
                .formatted(longitude, latitude, datum);
    }

    private static String person(String account, String unit, String role) {
        return Infrastructure.shared().issuer().token(account, unit, role);
    }

    private static String department(String account, String unit, String department) {
        return Infrastructure.shared().issuer().tokenOfDepartment(account, unit, department);
    }

    private static String departmentWithRoles(String unit, String department, String... roles) {
        var issuer = Infrastructure.shared().issuer();
        return issuer.sign(issuer.claims("two-hats", unit, roles)
                .claim("department", department)
                .build());
    }

    private record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return MessageJson.MAPPER.readTree(response.body());
        }

        String reason() {
            return json().path("reason").asString();
        }
    }
}
