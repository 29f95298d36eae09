package org.citybrain.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.running.DispatchStandIn;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.MessageJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CommandsTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final String ANSWER = """
            {"command": "%s", "decidedAt": "2026-07-15T09:00:00Z", "later": 1, "incident": {"id": "%s", "number": "20260715-000001",
             "version": 3, "status": "DISPATCHED", "level": "II", "corroborated": true, "commandingUnit": "50", "reportCount": 2,
             "changedBy": "person:city-operator", "changedAt": "2026-07-15T09:00:00Z"}}
            """;

    private static DispatchStandIn dispatch;
    private static RunningApi api;

    private final Stored stored = api.stored().nothing();
    private final UUID incident = stored.incident(OPENED).store();

    @BeforeAll
    static void start() throws IOException {
        dispatch = new DispatchStandIn();
        api = RunningApi.start("city-brain.api.dispatch-url=" + dispatch.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        dispatch.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "confirm | {\"reason\":\"x\",\"missedBy\":[\"gw-1\"]}",
                "regrade | {\"reason\":\"x\",\"level\":\"III\"}",
                "mark-false | {\"reason\":\"x\"}",
                "resolve | {\"reason\":\"x\",\"force\":true}",
                "notes | {\"text\":\"x\"}",
                "grant-support | {\"request\":\"0197c5a0-0000-7000-8000-000000000001\",\"units\":[\"500103\"]}",
                "merge | {\"reason\":\"x\",\"into\":\"0197c5a0-0000-7000-8000-000000000001\"}",
                "split | {\"reason\":\"x\",\"reports\":[\"0197c5a0-0000-7000-8000-000000000001\"]}"
            })
    void a_command_is_passed_on_with_its_headers_and_answered_with_the_new_version(String command, String body) {
        dispatch.answer(200, ANSWER.formatted(command, incident));
        dispatch.tag("\"3\"");

        Answer answer = api.post(path(command), body, "Idempotency-Key", "k-1", "If-Match", "\"2\"");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.json().at("/incident/changedBy").asString()).isEqualTo("person:city-operator");
        assertThat(answer.json().has("other")).isFalse();
        assertThat(dispatch.lastRequest()).isEqualTo("POST /internal/incidents/" + incident + "/" + command);
        assertThat(dispatch.lastHeader("Idempotency-Key")).isEqualTo("k-1");
        assertThat(dispatch.lastHeader("If-Match")).isEqualTo("\"2\"");
        assertThat(dispatch.lastHeader("Authorization")).startsWith("Bearer ");
        JsonNode passedOn = MessageJson.MAPPER.readTree(dispatch.lastBody());
        MessageJson.MAPPER
                .readTree(body)
                .propertyStream()
                .forEach(field -> assertThat(passedOn.get(field.getKey())).isEqualTo(field.getValue()));
    }

    @Test
    void what_dispatch_refuses_comes_back_as_it_is_with_the_new_state_and_its_version() {
        dispatch.answer(412, """
                {"type": "about:blank", "title": "Precondition Failed", "status": 412, "detail": "at version 3",
                 "reason": "STALE_VERSION", "value": "\\"2\\"", "expected": "\\"3\\"",
                 "incident": {"version": 3, "changedBy": "person:other"}}
                """);
        dispatch.tag("\"3\"");

        Answer answer = api.post(path("confirm"), "{\"reason\": \"x\"}", "Idempotency-Key", "k-1", "If-Match", "\"2\"");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.reason()).isEqualTo("STALE_VERSION");
        assertThat(answer.json().at("/incident/changedBy").asString()).isEqualTo("person:other");
        assertThat(answer.json().get("instance").asString()).isEqualTo(path("confirm"));
    }

    @Test
    void missing_headers_are_dispatchs_to_refuse() {
        dispatch.answer(428, """
                {"status": 428, "detail": "If-Match is missing", "reason": "VERSION_REQUIRED"}
                """);
        dispatch.tag("");

        Answer answer = api.post(path("confirm"), "{\"reason\": \"x\"}");

        assertThat(answer.status()).isEqualTo(428);
        assertThat(answer.reason()).isEqualTo("VERSION_REQUIRED");
        assertThat(dispatch.lastHeader("If-Match")).isEmpty();
    }

    @Test
    void an_incident_that_nobody_has_is_not_there_and_dispatch_is_not_asked() {
        dispatch.forget();

        Answer answer = api.post("/v1/incidents/" + UUID.randomUUID() + "/confirm", "{\"reason\": \"x\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.reason()).isEqualTo("NOT_FOUND");
        assertThat(dispatch.lastRequest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "confirm | {\"reason\": \"x\", \"missed\": []}",
                "confirm | []",
                "regrade | {\"reason\": \"x\", \"level\": \"V\"}",
                "merge | {\"reason\": \"x\", \"into\": \"17\"}",
                "split | {\"reason\": \"x\", \"reports\": \"all\"}"
            })
    void what_is_no_such_body_is_refused_here(String command, String body) {
        dispatch.forget();

        Answer answer = api.post(path(command), body, "Idempotency-Key", "k-1", "If-Match", "\"2\"");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(dispatch.lastRequest()).isEmpty();
    }

    @Test
    void a_merged_incident_says_into_which_and_a_regraded_one_by_whom() {
        UUID into = UUID.randomUUID();
        stored.jdbc().sql("""
                        update dispatch.incident
                        set status = 'MERGED', closed_at = opened_at, merged_into = :into, graded_by_person = true, ruled_level = 'I',
                            grade = (grade::jsonb || '{"regraded": {"by": "person:city-operator", "at": "2026-07-15T09:00:00Z",
                                "reason": "a drill", "ruledLevel": "I"}}')::json
                        where id = :id
                        """).param("into", into).param("id", incident).update();

        var json = api.get("/v1/incidents/" + incident).json();

        assertThat(json.get("mergedInto").asString()).isEqualTo(into.toString());
        assertThat(json.at("/grade/regraded/by").asString()).isEqualTo("person:city-operator");
        assertThat(json.at("/grade/regraded/ruledLevel").asString()).isEqualTo("I");
    }

    @Test
    void what_is_malformed_in_a_batch_is_refused_alone_and_the_rest_is_sent() {
        dispatch.answer(200, ANSWER.formatted("confirm", incident));
        dispatch.tag("\"3\"");
        String good = "{\"path\": \"" + path("confirm")
                + "\", \"idempotencyKey\": \"k-%s\", \"ifMatch\": \"\\\"2\\\"\", \"body\": {\"reason\": \"x\"}}";
        String noUuid = "/v1/incidents/" + "0-".repeat(18) + "/confirm";

        Answer answer = api.post(
                "/v1/commands/batch",
                "{\"commands\": ["
                        + String.join(
                                ", ",
                                good.formatted("1"),
                                good.formatted("2").replace(path("confirm"), noUuid),
                                good.formatted("\\u0000"),
                                good.formatted("\\r\\nX-Other: 1"),
                                good.formatted("键"),
                                good.formatted("5").replace("\\\"2\\\"", "\\u0007"),
                                good.formatted("6"))
                        + "]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json()
                        .get("results")
                        .valueStream()
                        .map(result -> result.get("status").asInt() + " "
                                + result.at("/body/reason").asString("")))
                .containsExactly(
                        "200 ",
                        "400 BAD_BODY",
                        "400 BAD_HEADER",
                        "400 BAD_HEADER",
                        "400 BAD_HEADER",
                        "400 BAD_HEADER",
                        "200 ");
    }

    private String path(String command) {
        return "/v1/incidents/" + incident + "/" + command;
    }
}
