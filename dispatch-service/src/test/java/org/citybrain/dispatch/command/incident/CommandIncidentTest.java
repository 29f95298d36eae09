package org.citybrain.dispatch.command.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * People's commands over HTTP, on real PostGIS, with reports coming in through the pipeline. They go in turn to two instances of the
 * service, each with its own pool and memory.
 */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CommandIncidentTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String CITY = person("city-operator", "50", "OPERATOR");
    private static final String CITY_TOO = person("other-city-operator", "50", "OPERATOR");
    private static final String DISTRICT = person("district-operator", "500103", "OPERATOR");
    private static final String OTHER_DISTRICT = person("operator-there", "500105", "OPERATOR");
    private static final String WORKER = person("grid-worker", "500103001001001", "GRID_WORKER");
    private static final String ANALYST = person("analyst", "50", "ANALYST");

    private static final String WHY = "{\"reason\": \"seen on the spot\"}";

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @Autowired
    private PostgresPolicies policies;

    @LocalServerPort
    private int port;

    private static ConfigurableApplicationContext secondInstance;
    private final AtomicInteger sent = new AtomicInteger();
    private long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
        ADMINISTRATOR.sql("""
                        insert into intake.source (source_id, types, datums, unit_codes, provenance, registered_at, updated_at)
                        select id, '{flood.waterlogging}', '{WGS84}', '{50}', 'REGISTERED', now(), now()
                        from unnest(array['gw-1', 'gw-2', 'gw-3']) as id
                        """).update();
    }

    @BeforeAll
    static void start_a_second_instance() {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--city-brain.dispatch.auto-start=false",
                "--city-brain.dispatch.relay-interval=1h"));
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
    void begin_with_an_empty_store() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.report_key, dispatch.report, dispatch.duplicate_report, dispatch.parked_report,
                                 dispatch.batch_outcome, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.consumed_partition, dispatch.command, dispatch.source_label
                        """).update();
        currentMap.renew();
        secondInstance.getBean(CurrentMap.class).renew();
        nextOffset = 0;
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    @Test
    void what_waits_at_three_gets_the_level_of_its_inputs_when_a_person_confirms_it() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));
        assertThat(row(incident)).containsEntry("level", "III").containsEntry("corroborated", false);

        Answer answer = post(
                DISTRICT,
                incident,
                "confirm",
                "k-1",
                1,
                "{\"reason\": \"the camera shows it\", \"missedBy\": [\"gw-2\", \"gw-3\"]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.json().at("/incident/level").asString()).isEqualTo("II");
        assertThat(answer.json().at("/incident/changedBy").asString()).isEqualTo("person:district-operator");
        assertThat(row(incident))
                .containsEntry("level", "II")
                .containsEntry("corroborated", true)
                .containsEntry("commanding_unit", "50")
                .containsEntry("version", 2)
                .containsEntry("graded_by_person", false);
        assertThat(timeline(incident))
                .containsExactly(
                        "OPENED 1 rule:correlation@1",
                        "GRADED 1 rule:grading@1",
                        "DISPATCHED 1 rule:routing@1",
                        "CONFIRMED 2 person:district-operator",
                        "GRADED 2 rule:grading@1",
                        "DISPATCHED 2 rule:routing@1");
        assertThat(labels(incident))
                .containsExactly("SENSOR gw-1 CONFIRMED", "SENSOR gw-2 MISSED", "SENSOR gw-3 MISSED");
        assertThat(audit())
                .last()
                .isEqualTo("district-operator incident.confirm " + incident + " DONE the camera shows it");
    }

    @Test
    void a_grid_worker_confirms_in_the_own_grid() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));

        assertThat(post(WORKER, incident, "confirm", "k-1", 1, WHY).status()).isEqualTo(200);
        assertThat(all("select unnest(sources) from dispatch.incident"))
                .contains("GRID_WORKER:grid-worker", "SENSOR:gw-1");
        assertThat(post(WORKER, incident, "mark-false", "k-2", 2, WHY).status()).isEqualTo(403);
        assertThat(post(ANALYST, incident, "confirm", "k-3", 2, WHY).status()).isEqualTo(403);
    }

    @Test
    void a_missing_source_must_be_registered_and_must_not_have_reported() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));

        Answer unknown = post(CITY, incident, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-77\"]}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().get("value").asString()).isEqualTo("gw-77");
        assertThat(post(CITY, incident, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-1\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(row(incident)).containsEntry("version", 1);
        assertThat(count("dispatch.command")).isZero();
    }

    @Test
    void the_same_command_again_gets_the_same_answer_and_does_nothing() throws Exception {
        UUID incident = open(report().people(640));
        Answer first = post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"empty\", \"level\": \"IV\"}");
        List<String> timeline = timeline(incident);

        Answer again = post(CITY, incident, "regrade", "k-1", 1, "{ \"level\": \"IV\",\n\"reason\": \"empty\"}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(timeline(incident)).isEqualTo(timeline);
        assertThat(count("dispatch.command")).isEqualTo(1);
    }

    @Test
    void a_key_that_came_with_another_command_is_refused_and_another_persons_key_is_another_key() throws Exception {
        UUID incident = open(report().people(640));
        post(CITY, incident, "confirm", "k-1", 1, WHY);

        Answer otherBody = post(CITY, incident, "confirm", "k-1", 2, "{\"reason\": \"another\"}");
        assertThat(otherBody.status()).isEqualTo(422);
        assertThat(otherBody.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(post(CITY, incident, "mark-false", "k-1", 2, WHY).status()).isEqualTo(422);
        assertThat(post(CITY_TOO, incident, "confirm", "k-1", 2, WHY).status()).isEqualTo(200);
    }

    @Test
    void sent_eight_times_at_one_instant_a_command_is_carried_out_once_and_answered_eight_times() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));
        Set<String> answers = new HashSet<>();
        for (Answer answer :
                atOnce(java.util.Collections.nCopies(8, () -> post(CITY, incident, "confirm", "k-1", 1, WHY)))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answers.add(answer.text());
        }

        assertThat(answers).hasSize(1);
        assertThat(row(incident)).containsEntry("version", 2);
        assertThat(timeline(incident))
                .filteredOn(line -> line.startsWith("CONFIRMED"))
                .hasSize(1);
        assertThat(audit())
                .filteredOn(line -> line.contains(incident.toString()))
                .hasSize(1);
    }

    @Test
    void of_two_people_at_once_one_wins_and_the_other_is_told_by_whom_and_what_it_is_now() throws Exception {
        UUID incident = open(report().people(640));
        List<Answer> answers = atOnce(List.of(
                () -> post(CITY, incident, "regrade", "a", 1, "{\"reason\": \"small\", \"level\": \"III\"}"),
                () -> post(CITY_TOO, incident, "regrade", "b", 1, "{\"reason\": \"large\", \"level\": \"I\"}")));

        Answer won = answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
        Answer lost =
                answers.stream().filter(a -> a.status() == 412).findFirst().orElseThrow();
        assertThat(lost.reason()).isEqualTo("STALE_VERSION");
        assertThat(lost.header("ETag")).isEqualTo("\"2\"");
        assertThat(lost.json().at("/incident/version").asInt()).isEqualTo(2);
        assertThat(lost.json().at("/incident/level")).isEqualTo(won.json().at("/incident/level"));
        assertThat(lost.json().at("/incident/commandingUnit"))
                .isEqualTo(won.json().at("/incident/commandingUnit"));
        assertThat(lost.json().at("/incident/changedBy").asString())
                .isEqualTo(won == answers.getFirst() ? "person:city-operator" : "person:other-city-operator");
        assertThat(row(incident)).containsEntry("version", 2);
    }

    @Test
    void a_command_says_on_which_version_it_was_decided_and_by_which_key_it_is_known() throws Exception {
        UUID incident = open(report());

        assertThat(post(CITY, incident, "confirm", "k-1", null, WHY).status()).isEqualTo(428);
        assertThat(post(CITY, incident, "confirm", null, 1, WHY).status()).isEqualTo(400);
        assertThat(post(CITY, incident, "confirm", "a key", 1, WHY).reason()).isEqualTo("BAD_HEADER");
        assertThat(post(CITY, incident, "confirm", "k".repeat(129), 1, WHY).reason())
                .isEqualTo("BAD_HEADER");
        assertThat(post(CITY, incident, "confirm", "k-1", 7, WHY).status()).isEqualTo(412);
        assertThat(row(incident)).containsEntry("version", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "confirm | {}",
                "confirm | {\"reason\": \" \"}",
                "confirm | {\"reason\": \"a\\u0000b\"}",
                "confirm | {\"reason\": \"x\", \"missedBy\": [null]}",
                "confirm | {\"reason\": \"x\", \"missedBy\": [\"gw-2\", \"gw-2\"]}",
                "regrade | {\"reason\": \"x\"}",
                "regrade | {\"reason\": \"x\", \"level\": \"I\", \"scope\": \"R1\"}",
                "regrade | {\"reason\": \"x\", \"scope\": \"R1\"}",
                "mark-false | {\"reason\": \"\"}",
                "merge | {\"reason\": \"x\"}",
                "split | {\"reason\": \"x\"}",
                "split | {\"reason\": \"x\", \"reports\": []}",
                "split | {\"reason\": \"x\", \"reports\": [null]}",
                "split | {\"reason\": \"x\", \"reports\": [\"0197c5a0-0000-7000-8000-000000000001\"]}"
            })
    void what_cannot_be_is_refused_with_its_place(String command, String body) throws Exception {
        UUID incident = open(report());

        Answer answer = post(CITY, incident, command, "k-1", 1, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(answer.json().get("field").asString()).isNotBlank();
        assertThat(answer.json().get("expected").asString()).isNotBlank();
        assertThat(row(incident)).containsEntry("version", 1);
    }

    @Test
    void anothers_incident_is_not_there_and_only_the_commander_or_above_does_more_than_confirm() throws Exception {
        UUID incident = open(report().people(640));

        for (String command : List.of("confirm", "regrade", "mark-false", "merge", "split")) {
            String body = "{\"reason\": \"x\", \"level\": \"IV\", \"into\": \"" + UUID.randomUUID()
                    + "\", \"reports\": [\"" + UUID.randomUUID() + "\"]}";
            assertThat(post(OTHER_DISTRICT, incident, command, command, 1, body).status())
                    .as(command)
                    .isEqualTo(404);
        }
        Answer notInCommand = post(DISTRICT, incident, "regrade", "k-1", 1, "{\"reason\": \"x\", \"level\": \"IV\"}");
        assertThat(notInCommand.status()).isEqualTo(403);
        assertThat(notInCommand.reason()).isEqualTo("NOT_IN_COMMAND");
        assertThat(post(DISTRICT, incident, "mark-false", "k-3", 1, WHY).reason())
                .isEqualTo("NOT_IN_COMMAND");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> count("audit.line where actor = 'district-operator' and result = 'REFUSED:NOT_IN_COMMAND'")
                        == 2);
        assertThat(post(DISTRICT, incident, "confirm", "k-2", 1, WHY).status()).isEqualTo(200);
    }

    @Test
    void a_person_lowers_and_the_same_inputs_do_not_undo_it_but_graver_ones_do() throws Exception {
        UUID incident = open(report().people(640));
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("commanding_unit", "50");

        assertThat(post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"a drill\", \"level\": \"IV\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident))
                .containsEntry("level", "IV")
                .containsEntry("commanding_unit", "500103")
                .containsEntry("graded_by_person", true)
                .containsEntry("ruled_level", "II");
        assertThat(
                        one(
                                "select grade -> 'regraded' ->> 'by' as by, grade -> 'regraded' ->> 'reason' as reason, "
                                        + "grade ->> 'level' as level, grade -> 'axes' -> 0 ->> 'level' as axis from dispatch.incident"))
                .isEqualTo(Map.of("by", "person:city-operator", "reason", "a drill", "level", "IV", "axis", "II"));
        assertThat(tasks(incident))
                .containsExactly(
                        "50 NOTIFY DISPATCHED",
                        "500103 COMMAND DISPATCHED",
                        "500103001 COORDINATE DISPATCHED",
                        "500103001001 NOTIFY DISPATCHED",
                        "500103001001001 EXECUTE DISPATCHED");
        assertThat(all("select distinct round(extract(epoch from resolve_by - dispatched_at) / 3600)::text from "
                        + "dispatch.task where role <> 'NOTIFY'"))
                .containsExactly("24");

        process(report().people(640));
        process(report().people(900).from(SourceKind.SENSOR, "gw-2"));
        assertThat(row(incident))
                .containsEntry("level", "IV")
                .containsEntry("version", 2)
                .containsEntry("report_count", 3)
                .containsEntry("commanding_unit", "500103");
        assertThat(tasks(incident)).contains("50 NOTIFY DISPATCHED");

        process(report().people(1_200));
        assertThat(row(incident))
                .containsEntry("level", "I")
                .containsEntry("version", 3)
                .containsEntry("graded_by_person", false)
                .containsEntry("commanding_unit", "50");
        assertThat(tasks(incident)).contains("50 COMMAND DISPATCHED", "500103001001 COORDINATE DISPATCHED");
    }

    @Test
    void a_person_raises_and_a_lesser_grade_of_the_rule_does_not_lower_it() throws Exception {
        UUID incident = open(report().people(20));

        assertThat(post(DISTRICT, incident, "regrade", "k-1", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("commanding_unit", "50");
        process(report().people(150));
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("version", 2);
        assertThat(tasks(incident)).contains("50 COMMAND DISPATCHED");
    }

    @Test
    void who_is_at_work_stays_at_work_when_the_level_is_lowered() throws Exception {
        UUID incident = open(report().people(640));
        ADMINISTRATOR
                .sql("update dispatch.task set status = 'ACKNOWLEDGED' where unit_code in ('50', '500103001001')")
                .update();

        post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"a drill\", \"level\": \"IV\"}");

        assertThat(tasks(incident))
                .contains(
                        "50 COORDINATE ACKNOWLEDGED",
                        "500103 COMMAND DISPATCHED",
                        "500103001001 COORDINATE ACKNOWLEDGED");
    }

    @Test
    void an_everyday_matter_is_regraded_by_its_scope() throws Exception {
        UUID incident = open(report().type("city.street-lamp"));

        assertThat(post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"x\", \"level\": \"IV\"}")
                        .reason())
                .isEqualTo("BAD_BODY");
        assertThat(post(CITY, incident, "regrade", "k-2", 1, "{\"reason\": \"the whole street\", \"scope\": \"R3\"}")
                        .status())
                .isEqualTo(200);
        assertThat(row(incident)).containsEntry("scope", "R3").containsEntry("commanding_unit", "500103001");
        assertThat(tasks(incident)).contains("500103 NOTIFY DISPATCHED", "500103001 COMMAND DISPATCHED");

        post(CITY, incident, "regrade", "k-3", 2, "{\"reason\": \"one lamp\", \"scope\": \"R1\"}");
        assertThat(row(incident))
                .containsEntry("scope", "R1")
                .containsEntry("commanding_unit", "500103001001001")
                .containsEntry("ruled_scope", "R1");
        assertThat(tasks(incident))
                .containsExactly(
                        "500103 NOTIFY RETURNED",
                        "500103001 COORDINATE DISPATCHED",
                        "500103001001 NOTIFY DISPATCHED",
                        "500103001001001 COMMAND DISPATCHED");

        post(CITY, incident, "regrade", "k-4", 3, "{\"reason\": \"no, the street\", \"scope\": \"R3\"}");
        assertThat(tasks(incident)).contains("500103 NOTIFY DISPATCHED", "500103001 COMMAND DISPATCHED");
    }

    @Test
    void a_false_alarm_is_closed_its_tasks_are_taken_back_and_the_next_report_opens_a_new_one() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(640));
        post(CITY, incident, "confirm", "k-0", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-2\"]}");

        ADMINISTRATOR
                .sql(
                        "update dispatch.task set department_code = 'fire', department_name = 'Fire brigade' where unit_code = '50'")
                .update();

        Answer answer = post(CITY, incident, "mark-false", "k-1", 2, WHY);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(row(incident)).containsEntry("status", "FALSE_ALARM").containsEntry("version", 3);
        assertThat(all("select distinct status from dispatch.task")).containsExactly("RETURNED");
        assertThat(labels(incident)).containsExactly("SENSOR gw-1 FALSE");
        assertThat(timeline(incident))
                .endsWith("MARKED_FALSE 3 person:city-operator", "RETURNED 3 person:city-operator");
        assertThat(all("select coalesce(t -> 'department' ->> 'code', t ->> 'board') from dispatch.incident_event,"
                        + " json_array_elements(detail -> 'tasks') t where kind = 'RETURNED' and"
                        + " t ->> 'unitCode' in ('50', '500103001') order by t ->> 'unitCode'"))
                .containsExactly(
                        "fire",
                        all("select board from dispatch.task where board is not null")
                                .getFirst());
        assertThat(one("select status_before, status_after, detail -> 'tasks' -> 0 ->> 'status' as task from "
                        + "dispatch.incident_event where kind = 'RETURNED'"))
                .containsEntry("task", "RETURNED");

        Answer again = post(CITY, incident, "confirm", "k-2", 3, WHY);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(again.json().get("expected").asString()).contains("nothing");
        UUID next = open(report().from(SourceKind.SENSOR, "gw-1"));
        assertThat(next).isNotEqualTo(incident);
    }

    @Test
    void merging_takes_reports_sums_units_and_level_along_and_both_timelines_tell_it() throws Exception {
        UUID first = open(report().inGrid(0).people(640).deaths(1));
        UUID second = open(report().inGrid(3).people(30).lossYuan(5_000).radius(100));
        process(report().inGrid(3).from(SourceKind.SENSOR, "gw-1"));

        Answer answer =
                post(CITY, first, "merge", "k-1", 1, "{\"reason\": \"one burst main\", \"into\": \"" + second + "\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/incident/status").asString()).isEqualTo("MERGED");
        assertThat(answer.json().at("/incident/mergedInto").asString()).isEqualTo(second.toString());
        assertThat(answer.json().at("/other/level").asString()).isEqualTo("II");
        assertThat(answer.json().at("/other/reportCount").asInt()).isEqualTo(3);
        assertThat(row(second))
                .containsEntry("level", "II")
                .containsEntry("commanding_unit", "50")
                .containsEntry("people_reported", 640L)
                .containsEntry("deaths", 1L)
                .containsEntry("loss_yuan", 5_000L)
                .containsEntry("report_count", 3)
                .containsEntry("graded_by_person", false)
                .containsEntry("version", 2);
        assertThat(all("select unnest(unit_codes) from dispatch.incident where status <> 'MERGED'"))
                .containsExactly(SquareCity.grids().get(0), SquareCity.grids().get(3));
        assertThat(all("select distinct incident_id::text from dispatch.report"))
                .containsExactly(second.toString());
        assertThat(tasks(second))
                .contains("50 COMMAND DISPATCHED", SquareCity.grids().get(0) + " EXECUTE DISPATCHED");
        assertThat(tasks(first)).isNotEmpty().allMatch(task -> task.endsWith(" RETURNED"));
        assertThat(timeline(first)).endsWith("MERGED_INTO 2 person:city-operator", "RETURNED 2 person:city-operator");
        assertThat(timeline(second))
                .contains("TOOK_IN 2 person:city-operator", "GRADED 2 rule:grading@1", "DISPATCHED 2 rule:routing@1");
        assertThat(labels(second)).isEmpty();

        assertThat(open(report().inGrid(3))).isEqualTo(second);
    }

    @Test
    void what_a_person_gave_the_merged_one_is_the_least_that_the_other_gets() throws Exception {
        UUID first = open(report().inGrid(0).people(20));
        UUID second = open(report().inGrid(3).people(30));
        post(CITY, first, "regrade", "k-1", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}");

        post(CITY, first, "merge", "k-2", 2, "{\"reason\": \"one\", \"into\": \"" + second + "\"}");

        assertThat(row(second))
                .containsEntry("level", "II")
                .containsEntry("graded_by_person", true)
                .containsEntry("ruled_level", "IV")
                .containsEntry("commanding_unit", "50");
        assertThat(timeline(second))
                .as("no rule gave it")
                .contains("TOOK_IN 2 person:city-operator", "DISPATCHED 2 rule:routing@1")
                .doesNotContain("GRADED 2 rule:grading@1");
        assertThat(one(
                        "select detail -> 'grade' ->> 'level' as level, detail -> 'grade' -> 'regraded' ->> 'ruledLevel' as ruled "
                                + "from dispatch.incident_event where kind = 'TOOK_IN'"))
                .isEqualTo(Map.of("level", "II", "ruled", "IV"));
    }

    @Test
    void an_incident_of_too_many_reports_is_not_merged() throws Exception {
        UUID first = open(report().inGrid(0));
        UUID second = open(report().inGrid(3));
        ADMINISTRATOR
                .sql("update dispatch.incident set report_count = 20001 where id = :id")
                .param("id", first)
                .update();

        Answer answer = merge(CITY, first, second);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("TOO_MANY_REPORTS");
        assertThat(row(first)).containsEntry("status", "DISPATCHED");
    }

    @Test
    void citizens_are_not_labelled() throws Exception {
        UUID incident = open(report().from(SourceKind.CITIZEN, "citizen-1"));
        process(report().from(SourceKind.SENSOR, "gw-1"));

        post(CITY, incident, "confirm", "k-1", (Integer) row(incident).get("version"), WHY);

        assertThat(labels(incident)).containsExactly("SENSOR gw-1 CONFIRMED");
    }

    @Test
    void a_confirmation_shows_also_where_a_persons_level_goes_on_holding() throws Exception {
        UUID incident = open(report().from(SourceKind.SENSOR, "gw-1").people(150));
        post(CITY, incident, "regrade", "k-1", 1, "{\"reason\": \"a dam above\", \"level\": \"II\"}");
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("corroborated", false);

        post(CITY, incident, "confirm", "k-2", 2, WHY);

        assertThat(row(incident))
                .containsEntry("level", "II")
                .containsEntry("graded_by_person", true)
                .containsEntry("corroborated", true);
        assertThat(one("select grade ->> 'corroborated' as corroborated, grade -> 'regraded' ->> 'reason' as reason "
                        + "from dispatch.incident"))
                .isEqualTo(Map.of("corroborated", "true", "reason", "a dam above"));
    }

    @Test
    void labels_follow_into_the_incident_that_goes_on() throws Exception {
        UUID first = open(report().inGrid(0).from(SourceKind.SENSOR, "gw-1").people(20));
        UUID second = open(report().inGrid(3).from(SourceKind.SENSOR, "gw-2").people(30));
        post(CITY, first, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-2\"]}");
        post(CITY, second, "confirm", "k-2", 1, WHY);

        post(CITY, first, "merge", "k-3", 2, "{\"reason\": \"one\", \"into\": \"" + second + "\"}");

        assertThat(labels(first)).isEmpty();
        assertThat(labels(second)).containsExactly("SENSOR gw-1 CONFIRMED", "SENSOR gw-2 CONFIRMED");
    }

    @Test
    void whoever_reported_one_of_two_merged_incidents_has_not_missed_it() throws Exception {
        UUID first = open(report().inGrid(0).from(SourceKind.SENSOR, "gw-1").people(20));
        UUID second = open(report().inGrid(3).from(SourceKind.SENSOR, "gw-2").people(30));
        post(CITY, first, "confirm", "k-1", 1, "{\"reason\": \"x\", \"missedBy\": [\"gw-2\", \"gw-3\"]}");

        assertThat(merge(CITY, first, second).status()).isEqualTo(200);

        assertThat(labels(second)).containsExactly("SENSOR gw-1 CONFIRMED", "SENSOR gw-3 MISSED");
    }

    @Test
    void types_that_do_not_go_together_are_not_merged_nor_is_anything_with_itself_or_with_what_is_closed()
            throws Exception {
        UUID flood = open(report().inGrid(0));
        UUID fire = open(report().inGrid(0).type("fire.building"));
        UUID closed = open(report().inGrid(4));
        UUID there = open(report().inGrid(12));
        post(CITY, closed, "mark-false", "k-0", 1, WHY);

        Answer apart = merge(CITY, flood, fire);
        assertThat(apart.status()).isEqualTo(409);
        assertThat(apart.reason()).isEqualTo("TYPES_APART");
        assertThat(merge(CITY, flood, flood).reason()).isEqualTo("BAD_BODY");
        assertThat(merge(CITY, flood, closed).reason()).isEqualTo("ILLEGAL_MOVE");
        assertThat(merge(CITY, flood, UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(merge(DISTRICT, flood, there).status()).isEqualTo(404);
        assertThat(row(flood)).containsEntry("version", 1);
    }

    @Test
    void a_split_makes_two_of_one_and_each_is_computed_from_its_own_reports() throws Exception {
        UUID small = UUID.randomUUID();
        UUID large = UUID.randomUUID();
        UUID incident = open(report().id(small).people(20).from(SourceKind.SENSOR, "gw-1"));
        process(report().id(large).people(640).deaths(2).from(SourceKind.OPERATOR, "duty-desk"));
        post(CITY, incident, "confirm", "k-0", 2, WHY);
        assertThat(row(incident)).containsEntry("level", "II").containsEntry("version", 3);

        Answer answer = post(
                CITY, incident, "split", "k-1", 3, "{\"reason\": \"two cellars\", \"reports\": [\"" + large + "\"]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        UUID split = UUID.fromString(answer.json().at("/other/id").asString());
        assertThat(row(split))
                .containsEntry("level", "II")
                .containsEntry("people_reported", 640L)
                .containsEntry("deaths", 2L)
                .containsEntry("report_count", 1)
                .containsEntry("version", 1)
                .containsEntry("status", "DISPATCHED");
        assertThat(row(incident))
                .containsEntry("level", "II")
                .containsEntry("graded_by_person", true)
                .containsEntry("ruled_level", "IV")
                .containsEntry("people_reported", 20L)
                .containsEntry("deaths", null)
                .containsEntry("report_count", 1)
                .containsEntry("version", 4);
        assertThat(all("select unnest(sources) from dispatch.incident where id = '" + incident + "'"))
                .as("whoever confirmed it still stands for it")
                .containsExactly("OPERATOR:city-operator", "SENSOR:gw-1");
        assertThat(all("select report_id || ' ' || incident_id from dispatch.report"))
                .containsExactlyInAnyOrder(small + " " + incident, large + " " + split);
        assertThat(timeline(incident)).contains("SPLIT 4 person:city-operator");
        assertThat(timeline(split))
                .containsExactly(
                        "OPENED 1 person:city-operator", "GRADED 1 rule:grading@1", "DISPATCHED 1 rule:routing@1");
        assertThat(tasks(split)).hasSize(5).contains("50 COMMAND DISPATCHED");
        assertThat(labels(incident)).containsExactly("SENSOR gw-1 CONFIRMED");
        assertThat(labels(split)).containsExactly("OPERATOR duty-desk CONFIRMED");
        assertThat(all(
                        "select near ->> 'id' from dispatch.incident, json_array_elements(picture -> 'openIncidentsNear') near "
                                + "where id = '" + split + "'"))
                .as("its picture shows what it was split off")
                .containsExactly(incident.toString());

        post(CITY, incident, "regrade", "k-2", 4, "{\"reason\": \"what is left is small\", \"level\": \"IV\"}");
        assertThat(row(incident)).containsEntry("level", "IV").containsEntry("commanding_unit", "500103");
    }

    @Test
    void when_the_opening_report_leaves_both_lie_where_their_own_reports_lie() throws Exception {
        double west = SquareCity.longitudeOf(2) - 0.0007;
        double east = SquareCity.longitudeOf(2) + 0.0007;
        UUID opening = UUID.randomUUID();
        UUID incident = open(report().id(opening).at(west, SquareCity.latitude()));
        assertThat(open(report().at(east, SquareCity.latitude()))).isEqualTo(incident);

        UUID split = UUID.fromString(
                post(CITY, incident, "split", "k-1", 1, "{\"reason\": \"two\", \"reports\": [\"" + opening + "\"]}")
                        .json()
                        .at("/other/id")
                        .asString());

        assertThat(split).isNotEqualTo(incident);
        assertThat(open(report().at(west - 0.0001, SquareCity.latitude()))).isEqualTo(split);
        assertThat(open(report().at(east + 0.0001, SquareCity.latitude()))).isEqualTo(incident);
    }

    @Test
    void an_incident_that_loses_one_place_after_the_other_lies_where_its_last_report_lies() throws Exception {
        UUID west = UUID.randomUUID();
        UUID middle = UUID.randomUUID();
        double center = SquareCity.longitudeOf(2);
        UUID incident = open(report().id(west).at(center - 0.0007, SquareCity.latitude()));
        assertThat(open(report().id(middle).at(center, SquareCity.latitude()))).isEqualTo(incident);
        assertThat(open(report().at(center + 0.0007, SquareCity.latitude()))).isEqualTo(incident);

        split(incident, west);
        UUID second = split(incident, middle);

        assertThat(one("select st_x(location) as longitude from dispatch.incident where id = '" + incident + "'"))
                .containsEntry("longitude", center + 0.0007);
        assertThat(open(report().at(center - 0.0001, SquareCity.latitude()))).isEqualTo(second);
    }

    @Test
    void both_halves_of_a_split_wander_by_the_policy() throws Exception {
        putInForce(2, Instant.parse("2026-01-02T00:00:00Z"), """
                {"goesTogether": [], "mergeableForDays": 30, "source": "policy default",
                 "distances": [{"types": ["fire.*"], "meters": 1200, "minutes": 60, "wandersMeters": 4000, "source": "policy default"}]}
                """);
        try {
            UUID opening = UUID.randomUUID();
            UUID incident = open(fire(0).id(opening));
            assertThat(open(fire(1_100))).isEqualTo(incident);
            assertThat(open(fire(1_110))).isEqualTo(incident);
            split(incident, opening);
            assertThat(count("dispatch.incident where positions is null and id = '" + incident + "'"))
                    .as("two places ten metres apart are one")
                    .isEqualTo(1);

            UUID one = UUID.randomUUID();
            UUID other = UUID.randomUUID();
            UUID far = open(fire(7_000));
            assertThat(open(fire(8_100).id(one))).isEqualTo(far);
            assertThat(open(fire(9_200).id(other))).isEqualTo(far);
            UUID half = split(far, one, other);
            assertThat(open(fire(10_300)))
                    .as("near where the new one was seen last")
                    .isEqualTo(half);
        } finally {
            removePolicies();
        }
    }

    @Test
    void an_incident_is_split_and_merged_by_the_policies_that_it_was_opened_with() throws Exception {
        try {
            putInForce(2, Instant.parse("2026-01-02T00:00:00Z"), """
                    {"goesTogether": [["fire.building", "gas.leak"]], "mergeableForDays": 30, "source": "policy default"}
                    """);
            UUID opening = UUID.randomUUID();
            double center = SquareCity.longitudeOf(2);
            UUID flood = open(report().id(opening).at(center - 0.0007, SquareCity.latitude()));
            assertThat(open(report().at(center + 0.0007, SquareCity.latitude())))
                    .isEqualTo(flood);
            UUID fire = open(report().inGrid(5).type("fire.building"));
            UUID leak = open(report().inGrid(8).type("gas.leak"));
            putInForce(3, Instant.now(), """
                    {"goesTogether": [], "mergeableForDays": 30, "source": "policy default",
                     "distances": [{"types": ["flood.*"], "meters": 20, "minutes": 60, "source": "policy default"}]}
                    """);

            split(flood, opening);

            assertThat(open(report().at(center + 0.0017, SquareCity.latitude())))
                    .as("a hundred metres from where it lies now")
                    .isEqualTo(flood);
            assertThat(merge(CITY, leak, fire).status()).isEqualTo(200);
        } finally {
            removePolicies();
        }
    }

    @Test
    void split_off_and_merged_again_and_split_off_again_each_report_counts_once() throws Exception {
        UUID taken = UUID.randomUUID();
        UUID incident = open(report().people(10));
        process(report().id(taken).people(20));
        String split = "{\"reason\": \"two\", \"reports\": [\"" + taken + "\"]}";

        UUID off = other(post(CITY, incident, "split", "k-1", 1, split));
        assertThat(merge(CITY, off, incident).status()).isEqualTo(200);
        int version = (int) row(incident).get("version");
        UUID offAgain = other(post(CITY, incident, "split", "k-2", version, split));

        assertThat(offAgain).isNotIn(off, incident);
        assertCountedOnce(2);
    }

    @Test
    void all_of_its_reports_cannot_be_split_off_nor_anothers() throws Exception {
        UUID mine = UUID.randomUUID();
        UUID foreign = UUID.randomUUID();
        UUID incident = open(report().id(mine));
        open(report().id(foreign).inGrid(5));

        assertThat(post(CITY, incident, "split", "k", 1, "{\"reason\": \"x\", \"reports\": [\"" + mine + "\"]}")
                        .json()
                        .get("expected")
                        .asString())
                .contains("at least one stays");
        assertThat(post(CITY, incident, "split", "k", 1, "{\"reason\": \"x\", \"reports\": [\"" + foreign + "\"]}")
                        .json()
                        .get("value")
                        .asString())
                .isEqualTo(foreign.toString());
    }

    @Test
    void while_reports_flow_in_incidents_are_merged_and_split_and_no_report_is_lost_or_counts_twice() throws Exception {
        UUID survivor = open(report().inGrid(1).people(5));
        int batches = 40;
        try (ExecutorService flow = Executors.newSingleThreadExecutor()) {
            Future<?> flowing = flow.submit(() -> {
                for (int batch = 0; batch < batches; batch++) {
                    process(
                            report().inGrid(1).people(batch).radius(50 + batch),
                            report().inGrid(4).people(batch).radius(30),
                            report().inGrid(4).from(SourceKind.SENSOR, "gw-1"));
                }
            });
            int merged = 0;
            int split = 0;
            while (!flowing.isDone()) {
                for (String other : all("select id::text from dispatch.incident where closed_at is null and id <> '"
                        + survivor + "'")) {
                    if (merge(CITY, UUID.fromString(other), survivor).status() == 200) {
                        merged++;
                    }
                }
                List<String> last = all("select report_id::text from dispatch.report where incident_id = '" + survivor
                        + "' order by received_at desc limit 1");
                int version = (int) row(survivor).get("version");
                if (post(
                                        CITY,
                                        survivor,
                                        "split",
                                        UUID.randomUUID().toString(),
                                        version,
                                        "{\"reason\": \"x\", \"reports\": [\"" + last.getFirst() + "\"]}")
                                .status()
                        == 200) {
                    split++;
                }
            }
            flowing.get(1, TimeUnit.MINUTES);
            assertThat(merged).as("merges that hit the flow").isPositive();
            assertThat(split).as("splits that hit the flow").isPositive();
        }

        assertCountedOnce(1 + 3 * batches);
        Map<String, Long> outcomes = new HashMap<>();
        ADMINISTRATOR
                .sql("select outcome, sum(reports) as reports from dispatch.batch_outcome group by outcome")
                .query(row -> {
                    outcomes.put(row.getString("outcome"), row.getLong("reports"));
                });
        assertThat(outcomes.keySet()).isSubsetOf("OPENED", "MERGED");
        assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1 + 3L * batches);
        assertThat(count("(select incident_id, incident_version, transaction_id, lag(incident_version) over "
                        + "(partition by incident_id order by transaction_id, sequence) as before from "
                        + "dispatch.incident_event) v where before > incident_version"))
                .as("versions that would be published out of order")
                .isZero();
    }

    @Test
    void a_command_that_fails_at_its_very_end_has_done_nothing_and_can_be_sent_again() throws Exception {
        UUID first = open(report().inGrid(0).people(640));
        UUID second = open(report().inGrid(3).people(30));
        String body = "{\"reason\": \"one\", \"into\": \"" + second + "\"}";
        ADMINISTRATOR.sql("alter function audit.append rename to append_away").update();
        try {
            assertThat(post(CITY, first, "merge", "k-1", 1, body).status()).isEqualTo(500);
        } finally {
            ADMINISTRATOR
                    .sql("alter function audit.append_away rename to append")
                    .update();
        }
        assertThat(row(first)).containsEntry("status", "DISPATCHED").containsEntry("version", 1);
        assertThat(row(second)).containsEntry("level", "IV").containsEntry("version", 1);
        assertThat(count("dispatch.command")).isZero();
        assertThat(count("dispatch.incident_event where actor like 'person:%'")).isZero();
        assertCountedOnce(2);

        assertThat(post(CITY, first, "merge", "k-1", 1, body).status()).isEqualTo(200);
        assertThat(row(second)).containsEntry("level", "II").containsEntry("report_count", 2);
    }

    @Test
    void keys_are_kept_for_seven_days() throws Exception {
        UUID incident = open(report());
        post(CITY, incident, "confirm", "k-1", 1, WHY);
        ADMINISTRATOR
                .sql("update dispatch.command set decided_at = :then")
                .param(
                        "then",
                        java.sql.Timestamp.from(
                                Instant.now().minus(Duration.ofDays(7)).minusSeconds(60)))
                .update();

        keys.forget();

        assertThat(count("dispatch.command")).isZero();
    }

    @Autowired
    private PostgresCommandKeys keys;

    /** Every report belongs to one incident that is not merged away, and counts in it. */
    private static void assertCountedOnce(int reports) {
        assertThat(count("dispatch.report")).isEqualTo(reports);
        assertThat(one("select sum(report_count) as sum from dispatch.incident where status <> 'MERGED'")
                        .get("sum"))
                .isEqualTo((long) reports);
        assertThat(count("""
                        (select i.id from dispatch.incident i left join dispatch.report r on r.incident_id = i.id
                         where i.status <> 'MERGED' group by i.id, i.report_count having count(r.report_id) <> i.report_count) w""")).isZero();
        assertThat(count(
                        "dispatch.report r join dispatch.incident i on i.id = r.incident_id where i.status = 'MERGED'"))
                .isZero();
    }

    private UUID open(ReportBuilder builder) {
        process(builder);
        return ADMINISTRATOR
                .sql("select incident_id from dispatch.report where report_id = :id")
                .param("id", builder.received().reportId())
                .query(UUID.class)
                .single();
    }

    private void process(ReportBuilder... reports) {
        pipeline.process(Arrays.stream(reports)
                .map(r -> readReports.read(r.polled(0, nextOffset++)))
                .toList());
    }

    private Answer merge(String token, UUID from, UUID into) throws Exception {
        return post(
                token,
                from,
                "merge",
                UUID.randomUUID().toString(),
                (int) row(from).get("version"),
                "{\"reason\": \"one\", \"into\": \"" + into + "\"}");
    }

    private UUID split(UUID from, UUID... reports) throws Exception {
        String ids = Arrays.stream(reports).map(id -> "\"" + id + "\"").collect(Collectors.joining(", "));
        return other(post(
                CITY,
                from,
                "split",
                UUID.randomUUID().toString(),
                (Integer) row(from).get("version"),
                "{\"reason\": \"two\", \"reports\": [" + ids + "]}"));
    }

    /** So many metres east of the middle of the first grid. */
    private static ReportBuilder fire(double meters) {
        return report().type("fire.forest").at(SquareCity.longitudeOf(0) + meters / 96_800, SquareCity.latitude());
    }

    private void putInForce(int version, Instant from, String correlation) {
        ADMINISTRATOR
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at) "
                        + "values ('correlation', :version, 'EFFECTIVE', :document::jsonb, :from, now())")
                .param("version", version)
                .param("document", correlation)
                .param("from", java.sql.Timestamp.from(from))
                .update();
        refreshPolicies();
    }

    private void removePolicies() {
        ADMINISTRATOR.sql("delete from dispatch.policy where version > 1").update();
        refreshPolicies();
    }

    private void refreshPolicies() {
        policies.refresh();
        secondInstance.getBean(PostgresPolicies.class).refresh();
    }

    private static UUID other(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return UUID.fromString(answer.json().at("/other/id").asString());
    }

    private Answer post(String token, UUID id, String command, String key, Integer version, String body)
            throws IOException, InterruptedException {
        String second = secondInstance.getEnvironment().getProperty("local.server.port");
        String instance = sent.getAndIncrement() % 2 == 0 ? String.valueOf(port) : second;
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + instance + "/internal/incidents/" + id + "/" + command))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (version != null) {
            request.header("If-Match", "\"" + version + "\"");
        }
        return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<Answer>> futures = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(calls.size())) {
            for (Callable<Answer> call : calls) {
                futures.add(people.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            for (Future<Answer> future : futures) {
                answers.add(future.get(1, TimeUnit.MINUTES));
            }
        }
        return answers;
    }

    private static String person(String account, String unit, String role) {
        return Infrastructure.shared().issuer().token(account, unit, role);
    }

    private static Map<String, Object> row(UUID incident) {
        return one("""
                select version, status, level, scope, corroborated, commanding_unit, report_count, people_reported, deaths,
                       loss_yuan, graded_by_person, ruled_level, ruled_scope, merged_into from dispatch.incident where id = '%s'
                """.formatted(incident));
    }

    private static List<String> timeline(UUID incident) {
        return all("select kind || ' ' || incident_version || ' ' || actor from dispatch.incident_event "
                + "where incident_id = '" + incident + "' order by sequence");
    }

    private static List<String> tasks(UUID incident) {
        return all("select unit_code || ' ' || role || ' ' || status from dispatch.task where incident_id = '"
                + incident + "' order by length(unit_code), unit_code");
    }

    private static List<String> labels(UUID incident) {
        return all(
                "select source_kind || ' ' || source_id || ' ' || label from dispatch.source_label where incident_id = '"
                        + incident + "' order by 1");
    }

    private static List<String> audit() {
        return all(
                "select actor || ' ' || action || ' ' || object || ' ' || result || ' ' || "
                        + "coalesce(detail::json ->> 'reason', '') from audit.line where action like 'incident.%' order by sequence");
    }

    private static Map<String, Object> one(String sql) {
        return ADMINISTRATOR.sql(sql).query().singleRow();
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    private static long count(String from) {
        return ADMINISTRATOR
                .sql("select count(*) from " + from)
                .query(Long.class)
                .single();
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
