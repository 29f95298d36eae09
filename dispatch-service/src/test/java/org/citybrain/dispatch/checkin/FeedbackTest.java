package org.citybrain.dispatch.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What is said of an incident when it is over, over HTTP, on real PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
            "city-brain.dispatch.check-in-sweep=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FeedbackTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String REPORTER = person("other-worker", "500103001", "GRID_WORKER");
    private static final String WORKER = person("grid-worker", "500103001001001", "GRID_WORKER");
    private static final String STREET = person("street-operator", "500103001", "OPERATOR");
    private static final String ELSEWHERE = person("worker-there", "500105001001001", "GRID_WORKER");
    private static final String SOLVED = "{\"solved\": true, \"satisfaction\": 4, \"text\": \"dry again\"}";
    private static final String NOT_SOLVED = "{\"solved\": false, \"text\": \"wet as ever\"}";

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @LocalServerPort
    private int port;

    private static long nextOffset;

    private UUID incident;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void a_closed_incident() {
        ADMINISTRATOR.sql("""
                        truncate dispatch.incident, dispatch.task, dispatch.incident_event, dispatch.report, dispatch.report_key,
                                 dispatch.command, dispatch.feedback
                        """).update();
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        incident = open(report().from(SourceKind.GRID_WORKER, "other-worker").people(20));
        end("CLOSED");
    }

    @Test
    void whoever_reported_it_and_whoever_works_there_says_whether_it_is_solved() throws Exception {
        Answer reporter = feedback(REPORTER, 1, SOLVED);
        assertThat(reporter.status()).as(reporter.text()).isEqualTo(200);
        assertThat(reporter.header("ETag")).isEqualTo("\"1\"");
        assertThat(feedback(WORKER, 1, "{\"solved\": true, \"text\": \"as it was\"}")
                        .status())
                .isEqualTo(200);

        assertThat(all(
                        "select given_by || ' ' || given_as || ' ' || round || ' ' || solved || ' ' || coalesce(satisfaction::text, '-') "
                                + "from dispatch.feedback order by given_at"))
                .containsExactly("other-worker REPORTER 1 true 4", "grid-worker WORKER 1 true -");
        assertThat(status()).as("said, and nobody's command is stale").isEqualTo("CLOSED 1");
        assertThat(all("select closed_at is not null from dispatch.incident")).containsExactly("t");
        JsonNode line = MessageJson.MAPPER.readTree(
                all("select detail::text from dispatch.incident_event where kind = 'FEEDBACK' order by sequence limit 1")
                        .getFirst());
        assertThat(line.toString())
                .isEqualTo("{\"reason\":\"dry again\",\"as\":\"REPORTER\",\"solved\":true,\"satisfaction\":4}");
    }

    @Test
    void an_operator_speaks_for_citizens_as_often_as_they_call_and_not_for_themselves() throws Exception {
        String citizen = "{\"solved\": true, \"text\": \"thanks\", \"onBehalfOf\": \"CITIZEN\"}";

        assertThat(feedback(STREET, 1, SOLVED).reason()).isEqualTo("NOT_CONCERNED");
        assertThat(feedback(STREET, 1, citizen).status()).isEqualTo(200);
        assertThat(feedback(STREET, 1, citizen).status()).isEqualTo(200);
        assertThat(feedback(WORKER, 1, citizen).reason()).isEqualTo("NOT_CONCERNED");
        assertThat(feedback(ELSEWHERE, 1, SOLVED).status()).isEqualTo(404);
        assertThat(all("select given_as from dispatch.feedback")).containsExactly("CITIZEN", "CITIZEN");
    }

    @ParameterizedTest
    @CsvSource({"RESOLVED", "VERIFIED", "CLOSED"})
    void what_is_not_solved_is_reopened_in_the_same_transaction(String ended) throws Exception {
        end(ended);

        Answer answer = feedback(WORKER, 1, NOT_SOLVED);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/incident/status").asString()).isEqualTo("IN_PROGRESS");
        assertThat(status()).isEqualTo("IN_PROGRESS 2");
        assertThat(all("select closed_at is null from dispatch.incident")).containsExactly("t");
        assertThat(all("select kind || ' ' || actor from dispatch.incident_event order by sequence"))
                .endsWith("FEEDBACK person:grid-worker", "REOPENED person:grid-worker");
        assertThat(all("select xmin::text from dispatch.feedback"))
                .as("one transaction")
                .isEqualTo(all("select xmin::text from dispatch.incident"));
        assertThat(feedback(WORKER, 2, SOLVED).reason()).as("it goes on").isEqualTo("ILLEGAL_MOVE");
    }

    @ParameterizedTest
    @EnumSource(IncidentStatus.class)
    void feedback_is_taken_in_the_statuses_that_the_table_names_and_in_no_other(IncidentStatus status)
            throws Exception {
        end(status.name());

        Answer answer = feedback(WORKER, 1, SOLVED);

        boolean allowed = IncidentMoves.next(status, CommandName.FEEDBACK).isPresent();
        assertThat(answer.status() + " " + answer.reason()).isEqualTo(allowed ? "200 " : "409 ILLEGAL_MOVE");
        assertThat(status()).isEqualTo(status + " 1");
    }

    @Test
    void each_person_speaks_once_and_once_more_when_it_was_reopened_and_ended_again() throws Exception {
        assertThat(feedback(WORKER, 1, SOLVED).status()).isEqualTo(200);
        Answer again = feedback(WORKER, 1, NOT_SOLVED);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("ALREADY_GIVEN");
        assertThat(status()).isEqualTo("CLOSED 1");

        assertThat(feedback(REPORTER, 1, NOT_SOLVED).status()).isEqualTo(200);
        end("CLOSED");
        assertThat(feedback(WORKER, 2, SOLVED).status()).isEqualTo(200);
        assertThat(all("select given_by || ' ' || round from dispatch.feedback order by given_at"))
                .containsExactly("grid-worker 1", "other-worker 1", "grid-worker 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"solved\": true}",
                "{\"text\": \"x\"}",
                "{\"solved\": true, \"text\": \" \"}",
                "{\"solved\": true, \"text\": \"x\", \"satisfaction\": 0}",
                "{\"solved\": true, \"text\": \"x\", \"satisfaction\": 6}",
                "{\"solved\": true, \"text\": \"x\", \"onBehalfOf\": \"MAYOR\"}"
            })
    void what_cannot_be_is_refused(String body) throws Exception {
        Answer answer = feedback(WORKER, 1, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(all("select id::text from dispatch.feedback")).isEmpty();
    }

    private void end(String status) {
        ADMINISTRATOR
                .sql(
                        "update dispatch.incident set status = :status, closed_at = case when :status in ('CLOSED', 'FALSE_ALARM', 'MERGED') then now() end")
                .param("status", status)
                .update();
    }

    private Answer feedback(String token, int version, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/internal/incidents/" + incident + "/feedback"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"" + version + "\"")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new Answer(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private UUID open(ReportBuilder builder) {
        pipeline.process(List.of(readReports.read(builder.polled(0, nextOffset++))));
        return ADMINISTRATOR
                .sql("select incident_id from dispatch.report where report_id = :id")
                .param("id", builder.received().reportId())
                .query(UUID.class)
                .single();
    }

    private static String status() {
        return all("select status || ' ' || version from dispatch.incident").getFirst();
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }

    private static String person(String account, String unit, String role) {
        return Infrastructure.shared().issuer().token(account, unit, role);
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
