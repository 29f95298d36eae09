package org.citybrain.api.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.csv.CsvLine;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RehearsalTest {

    private static final String PATH = "/v1/policies/grading/1/rehearsals";
    private static final Instant ASKED = RunningApi.NOW.minusSeconds(600);

    private static HttpServer dispatch;
    private static RunningApi api;
    private static volatile int status;
    private static volatile String body = "";
    private static volatile String lastRequest = "";

    @BeforeAll
    static void start() throws IOException {
        dispatch = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dispatch.createContext("/internal/", exchange -> {
            lastRequest = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        dispatch.start();
        api = RunningApi.start("city-brain.api.dispatch-url=http://127.0.0.1:"
                + dispatch.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        api.close();
        dispatch.stop(0);
    }

    @BeforeEach
    void begin_with_nothing() {
        api.stored().jdbc().sql("delete from dispatch.rehearsal").update();
    }

    @Test
    void a_rehearsal_is_passed_on_and_its_place_is_answered() {
        UUID id = UUID.randomUUID();
        status = 202;
        body = "{\"id\": \"" + id + "\"}";

        Answer answer = api.post(PATH, "{\"from\": \"2026-01-01T00:00:00Z\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo(PATH + "/" + id);
        assertThat(answer.json().get("id").asString()).isEqualTo(id.toString());
        assertThat(answer.json().get("statusUrl").asString()).isEqualTo(PATH + "/" + id);
        assertThat(lastRequest)
                .isEqualTo(
                        "POST /internal/rehearsals {\"kind\":\"grading\",\"version\":1,\"from\":\"2026-01-01T00:00:00Z\",\"to\":null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/policies/weather/1/rehearsals   | {}                                | 404 | NOT_FOUND
            /v1/policies/grading/0/rehearsals   | {}                                | 400 | BAD_PARAMETER
            /v1/policies/grading/1e3/rehearsals | {}                                | 400 | BAD_PARAMETER
            /v1/policies/grading/99999999999/rehearsals | {}                        | 400 | BAD_PARAMETER
            /v1/policies/grading/77/rehearsals  | {}                                | 404 | NOT_FOUND
            /v1/policies/grading/1/rehearsals   | {"from": "yesterday"}             | 400 | BAD_BODY
            /v1/policies/grading/1/rehearsals   | {"to": "+99999-01-01T00:00:00Z"}  | 400 | BAD_BODY
            /v1/policies/grading/1/rehearsals   | {"since": "2026-01-01T00:00:00Z"} | 400 | BAD_BODY
            /v1/policies/grading/1/rehearsals   | {"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"} | 400 | BAD_BODY
            /v1/policies/grading/1/rehearsals?x=1 | {}                              | 400 | UNKNOWN_PARAMETER
            """)
    void what_cannot_be_rehearsed_is_refused_here(String path, String request, int expected, String reason) {
        Answer answer = api.post(path, request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @Test
    void what_dispatch_refuses_comes_back_as_it_is() {
        status = 409;
        body = """
                {"title": "Conflict", "status": 409, "detail": "one rehearsal runs and others wait: expected at most 5", "reason": "REHEARSALS_BUSY",
                 "value": "5", "expected": "at most 5", "instance": "/internal/rehearsals"}
                """;

        Answer answer = api.post(PATH, "{}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("reason").asString()).isEqualTo("REHEARSALS_BUSY");
    }

    @Test
    void the_list_walks_all_rehearsals_of_the_version_the_last_one_first() {
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            there.addFirst(store("RUNNING", ASKED.plusSeconds(i), null).toString());
        }

        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get(PATH + "?limit=2" + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(there);
        assertThat(api.get("/v1/policies/routing/1/rehearsals").items("id")).isEmpty();
        assertThat(api.get("/v1/policies/grading/77/rehearsals").reason()).isEqualTo("NOT_FOUND");
    }

    @Test
    void one_that_runs_tells_how_far_it_is_and_nothing_more() {
        UUID id = store("RUNNING", ASKED, null);

        Answer running = api.get(PATH + "/" + id);

        assertThat(running.json().get("status").asString()).isEqualTo("RUNNING");
        assertThat(running.json().get("progress").asDouble()).isEqualTo(0.4);
        assertThat(running.json().has("matrix") || running.json().has("changedIncidents"))
                .isFalse();
        assertThat(api.get(PATH + "/" + id + "/changes.csv").reason()).isEqualTo("REHEARSAL_NOT_DONE");
        assertThat(api.get("/v1/policies/routing/1/rehearsals/" + id).reason()).isEqualTo("NOT_FOUND");
        assertThat(api.get(PATH + "/17").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void one_that_is_done_shows_what_the_description_promises_and_its_changes_as_csv() throws IOException {
        JsonNode example = example();
        UUID id = store("DONE", ASKED, example.toString());

        JsonNode done = api.get(PATH + "/" + id).json();

        for (String field : List.of(
                "replayed",
                "changedIncidents",
                "unchangedIncidents",
                "matrix",
                "commandMatrix",
                "tasks",
                "commandCentres",
                "departments",
                "notReplayable",
                "biggestChanges",
                "notes",
                "seconds")) {
            assertThat(done.get(field)).as(field).isEqualTo(example.get(field));
        }
        Answer csv = api.get(PATH + "/" + id + "/changes.csv");
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition")).contains("grading-1-changes.csv");
        assertThat(csv.text().lines()).hasSize(2);
        assertThat(csv.text().lines().toList().get(1))
                .startsWith(
                        "\"0197e3a4-6010-8c41-9d52-6b3f0e7a1c88\",\"20260701-000017\",\"flood.waterlogging\",,\"72\",\"1\",\"IV\",\"III\"")
                .contains("\"\"policyVersion\"\":2");
    }

    @Test
    void no_cell_is_a_formula_to_a_spreadsheet() {
        assertThat(CsvLine.cell("=HYPERLINK(\"x\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\")\"");
        assertThat(List.of("+1", "-1", "@a", "\tb", "\rc"))
                .allMatch(text -> CsvLine.cell(text).startsWith("\"'"));
        assertThat(CsvLine.cell("a,b\nc")).isEqualTo("\"a,b\nc\"");
        assertThat(CsvLine.cell(null)).isEmpty();
    }

    @Test
    void a_cancel_is_passed_on() {
        UUID id = store("RUNNING", ASKED, null);
        status = 200;
        body = "{\"id\": \"" + id + "\"}";

        assertThat(api.post(PATH + "/" + id + "/cancel", "{}").status()).isEqualTo(200);
        assertThat(lastRequest).startsWith("POST /internal/rehearsals/" + id + "/cancel");
        assertThat(api.post(PATH + "/" + UUID.randomUUID() + "/cancel", "{}").reason())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void an_analyst_sees_them_and_a_district_and_a_grid_worker_do_not() {
        var issuer = Infrastructure.shared().issuer();

        assertThat(api.getAs(issuer.token("analyst", "50", "ANALYST"), PATH).status())
                .isEqualTo(200);
        assertThat(api.getAs(issuer.token("district-operator", "500112", "OPERATOR"), PATH)
                        .status())
                .isEqualTo(403);
        assertThat(api.getAs(issuer.token("grid-worker", "500112001001001", "GRID_WORKER"), PATH)
                        .status())
                .isEqualTo(403);
    }

    private static UUID store(String state, Instant askedAt, String result) {
        UUID id = UUID.randomUUID();
        api.stored()
                .jdbc()
                .sql("""
                        insert into dispatch.rehearsal (id, kind, version, document_digest, to_time, status, progress, asked_by, asked_at,
                                                        ended_at, heartbeat_at, instance, result)
                        values (:id, 'grading', 1, 'd', :asked, :status, case when :status = 'DONE' then 1 else 0.4 end, 'person:analyst', :asked,
                                case when :status = 'RUNNING' then null else :asked::timestamptz end, :asked, 'here', :result::jsonb)
                        """)
                .param("id", id)
                .param("asked", java.sql.Timestamp.from(askedAt))
                .param("status", state)
                .param("result", result)
                .update();
        return id;
    }

    private static JsonNode example() throws IOException {
        try (InputStream json = RehearsalTest.class.getResourceAsStream("/city-brain-api/examples/getRehearsal.json")) {
            return MessageJson.MAPPER.readTree(json);
        }
    }
}
