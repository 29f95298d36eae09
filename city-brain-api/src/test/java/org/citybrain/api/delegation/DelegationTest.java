package org.citybrain.api.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DelegationTest {

    private static final Instant REQUESTED_AT = RunningApi.NOW.minus(Duration.ofHours(1));

    private static HttpServer dispatch;
    private static volatile int status;
    private static volatile String answer = "";
    private static volatile String lastRequest = "";
    private static volatile String lastBody = "";
    private static RunningApi api;

    private final Stored stored = api.stored().nothing();
    private UUID here;
    private UUID there;

    @BeforeAll
    static void start() throws IOException {
        dispatch = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dispatch.createContext("/internal/delegations", DelegationTest::handle);
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
    void store() {
        here = stored.incident(REQUESTED_AT).rest(1).grids(Stored.GRID).store();
        there = stored.incident(REQUESTED_AT).rest(2).grids(Stored.OTHER_GRID).store();
        lastRequest = "";
    }

    @Test
    void the_list_holds_those_of_incidents_that_one_sees_the_last_requested_first() {
        UUID first = delegation(here, Stored.GRID, "REFUSED", 1);
        UUID second = delegation(here, Stored.GRID, "APPROVED", 2);
        UUID other = delegation(there, Stored.OTHER_GRID, "REQUESTED", 3);

        assertThat(api.get("/v1/delegations").items("id"))
                .containsExactly(other.toString(), second.toString(), first.toString());
        assertThat(api.get("/v1/delegations?status=REFUSED,APPROVED").items("id"))
                .containsExactly(second.toString(), first.toString());
        assertThat(api.get("/v1/delegations?incident=" + there).items("id")).containsExactly(other.toString());
        assertThat(api.get("/v1/delegations?limit=2").json().get("nextCursor").isNull())
                .isFalse();

        String district = Infrastructure.shared().issuer().token("district-operator", "500112", "OPERATOR");
        assertThat(api.getAs(district, "/v1/delegations").items("id"))
                .containsExactly(second.toString(), first.toString());
        assertThat(api.getAs(district, "/v1/delegations/" + other).status()).isEqualTo(404);
        assertThat(api.getAs(district, "/v1/delegations/" + second).status()).isEqualTo(200);
    }

    @Test
    void walking_the_pages_meets_each_once() {
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            there.addFirst(delegation(here, Stored.GRID, "REFUSED", i).toString());
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/v1/delegations?limit=2" + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(there);
    }

    @Test
    void a_request_goes_on_as_it_is_and_what_was_stored_comes_back() {
        UUID id = delegation(here, Stored.GRID, "REQUESTED", 1);
        dispatch(200, "{\"id\": \"" + id + "\", \"status\": \"REQUESTED\"}");
        String body = """
                {"delegationId":"%s","incidentId":"%s","grid":"%s","reason":"近","budgetYuan":2000,"manual":"m"}""".formatted(id, here, Stored.GRID);

        Answer requested = api.post("/v1/delegations", body);

        assertThat(requested.status()).as(requested.text()).isEqualTo(200);
        assertThat(requested.json().get("grid").get("name").asString()).isEqualTo("空港第一网格");
        assertThat(requested.json().get("decidedBy").isNull()).isTrue();
        assertThat(lastRequest).isEqualTo("POST /internal/delegations");
        assertThat(lastBody).isEqualTo(body);
    }

    @Test
    void a_decision_goes_on_with_its_reason() {
        UUID id = delegation(here, Stored.GRID, "APPROVED", 1);
        dispatch(200, "{\"id\": \"" + id + "\"}");

        Answer approved = api.post("/v1/delegations/" + id + "/approve", "{\"reason\": \"trained\"}");

        assertThat(approved.json().get("status").asString()).isEqualTo("APPROVED");
        assertThat(approved.json().get("taskId").isNull()).isFalse();
        assertThat(lastRequest).isEqualTo("POST /internal/delegations/" + id + "/approve");
        assertThat(lastBody).isEqualTo("{\"reason\":\"trained\"}");
        assertThat(api.post("/v1/delegations/" + id + "/refuse", "{\"reason\": \"no\"}")
                        .status())
                .isEqualTo(200);
        assertThat(lastRequest).endsWith("/refuse");
    }

    @Test
    void what_dispatch_service_refuses_comes_back_as_it_says_it() {
        dispatch(422, """
                {"type":"about:blank","title":"Something is missing","status":422,"detail":"a delegation lacks manual",\
                "reason":"INCOMPLETE_DELEGATION","value":"manual","expected":"a manual","missing":["manual"]}""");

        Answer refused = api.post("/v1/delegations", "{}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.reason()).isEqualTo("INCOMPLETE_DELEGATION");
        assertThat(refused.json().get("missing").get(0).asString()).isEqualTo("manual");
        assertThat(refused.json().get("expected").asString()).isEqualTo("a manual");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": \"a\\u0000b\"}", "{\"why\": \"x\"}", "[]", "{"})
    void a_decision_without_a_reason_does_not_go_on(String body) {
        Answer refused = api.post("/v1/delegations/" + UUID.randomUUID() + "/approve", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.reason()).isEqualTo("BAD_BODY");
        assertThat(lastRequest).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"budgetYuan\": \"much\"}", "{\"delegationId\": \"1-2-3\"}", "{\"grid\": []}", "{\"price\": 3}"
            })
    void a_request_of_another_shape_does_not_go_on(String body) {
        assertThat(api.post("/v1/delegations", body).reason()).isEqualTo("BAD_BODY");
        assertThat(lastRequest).isEmpty();
    }

    private UUID delegation(UUID incident, String grid, String state, int number) {
        UUID id = UUID.randomUUID();
        Instant at = REQUESTED_AT.plusSeconds(number);
        stored.jdbc()
                .sql("""
                        insert into dispatch.delegation (id, incident_id, grid_code, reason, budget_yuan, manual, status, requested_at,
                            requested_by, requested_unit, decided_at, decided_by, decided_unit, decision_reason, task_id)
                        values (:id, :incident, :grid, 'why', 2000, 'a manual', :state, :at, 'street-operator', '500112001',
                            case :state when 'REQUESTED' then null else :at end,
                            case :state when 'REQUESTED' then null else 'district-operator' end,
                            case :state when 'REQUESTED' then null else '500112' end,
                            case :state when 'REQUESTED' then null else 'therefore' end,
                            case :state when 'APPROVED' then gen_random_uuid() end)
                        """)
                .param("id", id)
                .param("incident", incident)
                .param("grid", grid)
                .param("state", state)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    private static void dispatch(int withStatus, String withAnswer) {
        status = withStatus;
        answer = withAnswer;
    }

    private static void handle(HttpExchange exchange) throws IOException {
        lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        lastRequest = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status == 200 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
