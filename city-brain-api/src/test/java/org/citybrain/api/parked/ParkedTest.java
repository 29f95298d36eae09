package org.citybrain.api.parked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.DispatchStandIn;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ParkedTest {

    private static final Instant PARKED_AT = RunningApi.NOW.minus(Duration.ofHours(1));
    private static final String DECISION = "{\"reason\": \"the grid was added to the map\"}";

    private static DispatchStandIn dispatch;
    private static RunningApi api;

    private final Stored stored = api.stored().nothing();

    @BeforeAll
    static void start() throws IOException {
        dispatch = new DispatchStandIn();
        api = RunningApi.start(
                "city-brain.api.dispatch-url=" + dispatch.url(),
                "city-brain.api.dispatch-connect-timeout=1s",
                "city-brain.api.dispatch-read-timeout=300ms");
    }

    @AfterAll
    static void stop() {
        api.close();
        dispatch.close();
    }

    @Test
    void the_list_holds_what_waits_the_last_parked_first() {
        UUID first = stored.parked(UUID.randomUUID(), PARKED_AT, "PARKED", 1);
        UUID last = stored.parked(UUID.randomUUID(), PARKED_AT.plusSeconds(1), "PARKED", 2);
        UUID retried = stored.parked(UUID.randomUUID(), PARKED_AT.plusSeconds(2), "RETRIED", 3);
        UUID discarded = stored.parked(UUID.randomUUID(), PARKED_AT.plusSeconds(3), "DISCARDED", 4);

        assertThat(api.get("/v1/parked").items("id")).containsExactly(last.toString(), first.toString());
        assertThat(api.get("/v1/parked?status=RETRIED,DISCARDED").items("id"))
                .containsExactly(discarded.toString(), retried.toString());
        assertThat(api.get("/v1/parked?status=SETTLED").reason()).isEqualTo("BAD_PARAMETER");
        assertThat(api.get("/v1/parked?state=PARKED").reason()).isEqualTo("UNKNOWN_PARAMETER");
        JsonNode item = api.get("/v1/parked").json().get("items").get(1);
        assertThat(item.propertyNames())
                .containsExactly(
                        "id",
                        "status",
                        "parkedAt",
                        "reportId",
                        "sourceId",
                        "receivedAt",
                        "reason",
                        "detail",
                        "topic",
                        "partition",
                        "offset",
                        "traceId",
                        "settledAt",
                        "settledReason");
        assertThat(item.get("reason").asString()).isEqualTo("NO_GRID");
        assertThat(item.get("offset").asLong()).isEqualTo(1);
    }

    @Test
    void walking_the_pages_meets_every_parked_report_once_while_others_are_parked() {
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            there.addFirst(
                    stored.parked(UUID.randomUUID(), PARKED_AT, "PARKED", i).toString());
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        int parked = 10;
        do {
            Answer page = api.get("/v1/parked?limit=2" + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
            stored.parked(UUID.randomUUID(), PARKED_AT.plusSeconds(1), "PARKED", parked++);
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(there);
    }

    @Test
    void a_parked_report_shows_the_record_that_it_came_as() {
        UUID id = stored.parked(UUID.randomUUID(), PARKED_AT, "PARKED", 1);

        JsonNode parked = api.get("/v1/parked/" + id).json();

        assertThat(parked.get("payload").asString()).isEqualTo("{\"reportId\": \"没有网格\"}");
        assertThat(parked.get("payloadBase64").asString()).startsWith("eyJyZXBvcnRJZCI6");
        assertThat(parked.get("headers").get("ce_id").asString()).isEqualTo("1");
        assertThat(parked.get("status").asString()).isEqualTo("PARKED");

        stored.jdbc()
                .sql("update dispatch.parked_report set payload = '\\xff00'::bytea")
                .update();
        assertThat(api.get("/v1/parked/" + id).json().get("payload").isNull()).isTrue();
        assertThat(api.get("/v1/parked/" + id).json().get("payloadBase64").asString())
                .isEqualTo("/wA=");

        assertThat(api.get("/v1/parked/" + UUID.randomUUID()).reason()).isEqualTo("NOT_FOUND");
        assertThat(api.get("/v1/parked/17").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void a_retry_is_passed_on_with_its_reason_and_trace_and_answers_what_came_of_it() {
        UUID id = UUID.randomUUID();
        UUID incident = UUID.randomUUID();
        dispatch.answer(200, """
                {"id": "%s", "status": "RETRIED", "outcome": "OPENED", "incidentId": "%s", "since": "a later version"}
                """.formatted(id, incident));

        Answer answer = api.post(
                "/v1/parked/" + id + "/retry",
                DECISION,
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"id\":\"" + id + "\",\"status\":\"RETRIED\",\"outcome\":\"OPENED\",\"incidentId\":\""
                        + incident + "\"}");
        assertThat(dispatch.lastRequest()).isEqualTo("POST /internal/parked/" + id + "/retry");
        assertThat(dispatch.lastBody()).isEqualTo("{\"reason\":\"the grid was added to the map\"}");
        assertThat(dispatch.lastTraceParent()).contains("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void a_discard_is_passed_on() {
        UUID id = UUID.randomUUID();
        dispatch.answer(200, "{\"id\": \"" + id + "\", \"status\": \"DISCARDED\", \"outcome\": null}");

        Answer answer = api.post("/v1/parked/" + id + "/discard", DECISION);

        assertThat(answer.text()).isEqualTo("{\"id\":\"" + id + "\",\"status\":\"DISCARDED\"}");
        assertThat(dispatch.lastRequest()).isEqualTo("POST /internal/parked/" + id + "/discard");
    }

    @Test
    void what_dispatch_refuses_is_refused_here_with_its_words() {
        UUID id = UUID.randomUUID();
        dispatch.answer(404, "{\"title\": \"Not Found\", \"status\": 404}");
        Answer unknown = api.post("/v1/parked/" + id + "/retry", DECISION);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.reason()).isEqualTo("NOT_FOUND");

        dispatch.answer(
                409, "{\"status\": 409, \"detail\": \"discarded at 2026-07-15T09:00:00Z\", \"reason\": \"SETTLED\"}");
        Answer settled = api.post("/v1/parked/" + id + "/retry", DECISION);
        assertThat(settled.status()).isEqualTo(409);
        assertThat(settled.reason()).isEqualTo("ALREADY_SETTLED");
        assertThat(settled.json().get("detail").asString()).isEqualTo("discarded at 2026-07-15T09:00:00Z");

        dispatch.answer(410, "{\"status\": 410, \"detail\": \"of 2026-05, in the archive\", \"reason\": \"ARCHIVED\"}");
        Answer archived = api.post("/v1/parked/" + id + "/retry", DECISION);
        assertThat(archived.status()).isEqualTo(410);
        assertThat(archived.reason()).isEqualTo("ARCHIVED");
        assertThat(archived.json().get("detail").asString()).isEqualTo("of 2026-05, in the archive");

        dispatch.answer(409, "no JSON");
        assertThat(api.post("/v1/parked/" + id + "/retry", DECISION).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void an_answer_that_makes_no_sense_is_dispatchs_fault(int status) {
        dispatch.answer(status, "<html>");

        Answer answer = api.post("/v1/parked/" + UUID.randomUUID() + "/retry", DECISION);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.reason()).isEqualTo("DISPATCH_FAILED");
    }

    @Test
    void a_dispatch_that_does_not_answer_in_time_is_503_and_the_outcome_is_said_to_be_open() {
        dispatch.keepSilent();

        Answer answer = api.post("/v1/parked/" + UUID.randomUUID() + "/retry", DECISION);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("DISPATCH_UNREACHABLE");
        assertThat(answer.header("Retry-After")).isNotBlank();
        assertThat(answer.json().get("detail").asString()).contains("may have been carried out");
    }

    @Test
    void a_dispatch_that_is_down_is_503_and_nothing_else_breaks() throws IOException {
        int nobody = DispatchStandIn.freePort();
        try (RunningApi alone = RunningApi.start("city-brain.api.dispatch-url=http://127.0.0.1:" + nobody)) {
            Answer answer = alone.post("/v1/parked/" + UUID.randomUUID() + "/discard", DECISION);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.reason()).isEqualTo("DISPATCH_UNREACHABLE");
            assertThat(answer.header("Retry-After")).isNotBlank();
            assertThat(answer.json().get("detail").asString()).contains("nothing was done");
            assertThat(alone.get("/v1/parked").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"reason\": null}",
                "{\"reason\": \"  \"}",
                "{\"reason\": \"a\\u0000b\"}",
                "{\"reason\": \"x\", \"person\": \"y\"}",
                "[]",
                "null",
                "{\"reason\": {}}",
                "reason"
            })
    void a_decision_needs_a_reason(String body) {
        dispatch.answer(200, "{}");
        dispatch.forget();

        Answer answer = api.post("/v1/parked/" + UUID.randomUUID() + "/retry", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
        assertThat(dispatch.lastRequest()).isEmpty();
    }

    @Test
    void a_reason_has_at_most_a_thousand_characters() {
        UUID id = UUID.randomUUID();
        dispatch.answer(200, "{\"id\": \"" + id + "\", \"status\": \"DISCARDED\"}");

        String path = "/v1/parked/" + id + "/discard";
        assertThat(api.post(path, "{\"reason\": \"" + "网".repeat(1000) + "\"}").status())
                .isEqualTo(200);
        Answer tooLong = api.post(path, "{\"reason\": \"" + "网".repeat(1001) + "\"}");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.json().get("field").asString()).isEqualTo("reason");
        assertThat(tooLong.json().get("expected").asString()).contains("1000");
    }
}
