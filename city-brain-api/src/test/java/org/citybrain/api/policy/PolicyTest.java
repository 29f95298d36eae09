package org.citybrain.api.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.PolicySchema;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Policies as an analyst and an operator see them; dispatch-service is a small server that answers as it is told to. */
class PolicyTest {

    static final List<String> KINDS = PolicySchema.KINDS;

    private static HttpServer dispatch;
    private static RunningApi api;
    private static JdbcClient administrator;
    private static volatile int status;
    private static volatile String body = "";
    private static volatile String lastRequest = "";
    private static volatile String lastBody = "";

    @BeforeAll
    static void start() throws IOException {
        dispatch = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dispatch.createContext("/internal/policies/", PolicyTest::handle);
        dispatch.start();
        api = RunningApi.start("city-brain.api.dispatch-url=http://127.0.0.1:"
                + dispatch.getAddress().getPort());
        administrator = JdbcClient.create(api.database().administratorDataSource());
    }

    @AfterAll
    static void stop() {
        api.close();
        dispatch.stop(0);
    }

    @BeforeEach
    void forget() {
        administrator.sql("delete from dispatch.policy where version > 1").update();
        lastRequest = "";
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void each_kind_has_a_version_in_force_and_a_schema(String kind) {
        JsonNode first = api.get("/v1/policies/" + kind).json().at("/items/0");
        assertThat(first.get("status").asString()).isEqualTo("EFFECTIVE");
        assertThat(first.has("document")).isFalse();

        Answer policy = api.get("/v1/policies/" + kind + "/1");
        assertThat(policy.header("ETag")).isEqualTo("\"1\"");
        assertThat(policy.json().get("document").isEmpty()).isFalse();
        assertThat(policy.json().get("authors").size()).isZero();

        JsonNode schema = api.get("/v1/policies/" + kind + "/schema").json();
        assertThat(schema.get("title").asString()).isNotBlank();
        assertThat(schema.get("$schema").asString()).contains("2020-12");
    }

    @Test
    void the_list_holds_the_newest_first_page_by_page_and_by_status() {
        insert("routing", 2, "SUPERSEDED", "'2026-02-01T00:00:00Z'");
        insert("routing", 3, "APPROVED", "now() - interval '1 s'");
        insert("routing", 4, "APPROVED", "now() + interval '1 day'");
        insert("routing", 5, "DRAFT", "null");

        Answer firstPage = api.get("/v1/policies/routing?limit=2");
        assertThat(firstPage.items("version")).containsExactly("5", "4");
        String cursor = firstPage.json().get("nextCursor").asString();
        Answer lastPage = api.get("/v1/policies/routing?limit=9&cursor=" + cursor);
        assertThat(lastPage.items("version")).containsExactly("3", "2", "1");
        assertThat(lastPage.items("status")).containsExactly("EFFECTIVE", "SUPERSEDED", "SUPERSEDED");
        assertThat(api.get("/v1/policies/routing?status=APPROVED,DRAFT").items("version"))
                .containsExactly("5", "4");
        assertThat(api.get("/v1/policies/routing?status=NEW").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void a_draft_is_passed_on_and_answered_as_it_is_stored() {
        insert("grading", 2, "DRAFT", "null");
        answer(201, "{\"kind\": \"grading\", \"version\": 2}");

        Answer drafted = api.post(
                "/v1/policies/grading", "{\"document\": {\"axes\": [1.5]}, \"note\": \"a try\", \"basedOn\": 1}");

        assertThat(drafted.status()).as(drafted.text()).isEqualTo(201);
        assertThat(drafted.header("Location")).isEqualTo("/v1/policies/grading/2");
        assertThat(drafted.header("ETag")).isEqualTo("\"1\"");
        assertThat(drafted.json().get("status").asString()).isEqualTo("DRAFT");
        assertThat(lastRequest).isEqualTo("POST /internal/policies/grading If-Match: null");
        assertThat(MessageJson.MAPPER.readTree(lastBody))
                .isEqualTo(MessageJson.MAPPER.readTree(
                        "{\"document\": {\"axes\": [1.5]}, \"note\": \"a try\", \"basedOn\": 1}"));
    }

    @Test
    void what_is_only_checked_is_answered_so() {
        answer(200, "{\"valid\": true}");
        Answer checked = api.post("/v1/policies/routing?dryRun=true", "{\"document\": {}}");
        assertThat(checked.text()).isEqualTo("{\"valid\":true}");
        assertThat(lastRequest).startsWith("POST /internal/policies/routing?dryRun=true");
    }

    @Test
    void every_mistake_comes_back_with_its_place() {
        answer(422, """
            {"type": "about:blank", "title": "Unprocessable Content", "status": 422, "detail": "the document is no valid grading policy",
             "reason": "INVALID_POLICY",
             "errors": [{"path": "/axes/0/axis", "value": "PEOPEL", "reason": "UNKNOWN_VALUE", "expected": "one of PEOPLE, AREA"}]}\
            """);

        Answer refusal = api.post("/v1/policies/grading", "{\"document\": {\"axes\": []}, \"note\": \"a try\"}");

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.reason()).isEqualTo("INVALID_POLICY");
        assertThat(refusal.json().at("/errors/0/path").asString()).isEqualTo("/axes/0/axis");
        assertThat(refusal.json().at("/errors/0/expected").asString()).isEqualTo("one of PEOPLE, AREA");
    }

    @Test
    void the_etag_goes_with_a_change_and_an_approval() throws Exception {
        insert("correlation", 2, "DRAFT", "null");
        answer(200, "{\"kind\": \"correlation\", \"version\": 2}");

        assertThat(send("PUT", "/v1/policies/correlation/2", "{\"document\": {}, \"note\": \"better\"}", "\"1\""))
                .isEqualTo(200);
        assertThat(lastRequest).isEqualTo("PUT /internal/policies/correlation/2 If-Match: \"1\"");
        assertThat(send("DELETE", "/v1/policies/correlation/2", "", "\"2\"")).isEqualTo(200);
        assertThat(lastRequest).isEqualTo("DELETE /internal/policies/correlation/2 If-Match: \"2\"");
        assertThat(send(
                        "POST",
                        "/v1/policies/correlation/2/approve",
                        "{\"reason\": \"fine\", \"effectiveFrom\": \"2026-12-01T08:00:00+08:00\"}",
                        "\"3\""))
                .isEqualTo(200);
        assertThat(lastRequest).isEqualTo("POST /internal/policies/correlation/2/approve If-Match: \"3\"");
        assertThat(MessageJson.MAPPER.readTree(lastBody).get("effectiveFrom").asString())
                .isEqualTo("2026-12-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"document\": []}",
                "{\"document\": {}, \"note\": \" \"}",
                "{\"document\": {}, \"note\": \"a\\u0000b\"}",
                "{\"document\": {}, \"note\": 7, \"extra\": 1}",
                "{\"document\": {}, \"note\": \"x\", \"basedOn\": \"one\"}",
                "{\"document\": {\"a\": 1, \"a\": 2}, \"note\": \"twice\"}",
                "{\"document\": {",
                "[]"
            })
    void a_draft_that_cannot_be_is_refused_here(String draft) {
        Answer refusal = api.post("/v1/policies/grading", draft);
        assertThat(refusal.status()).as(refusal.text()).isEqualTo(400);
        assertThat(refusal.reason()).isEqualTo("BAD_BODY");
        assertThat(lastRequest).isEmpty();
    }

    @Test
    void what_is_not_there_is_404_and_what_cannot_be_a_version_400() {
        for (String path : List.of("/v1/policies/parking", "/v1/policies/parking/1", "/v1/policies/grading/7")) {
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
            assertThat(api.get(path).reason()).isEqualTo("NOT_FOUND");
        }
        for (String version : List.of("0", "-1", "x", "99999999999")) {
            assertThat(api.get("/v1/policies/grading/" + version).status()).isEqualTo(400);
        }
        assertThat(api.get("/v1/policies/grading?x=1").reason()).isEqualTo("UNKNOWN_PARAMETER");
    }

    @Test
    void a_document_over_one_megabyte_is_not_read() {
        assertThat(api.post("/v1/policies/grading", "{\"document\": {\"a\": \"" + "x".repeat(1_050_000) + "\"}}")
                        .status())
                .isEqualTo(413);
        answer(200, "{\"valid\": true}");
        assertThat(api.post(
                                "/v1/policies/grading?dryRun=true",
                                "{\"document\": {\"a\": \"" + "x".repeat(900_000) + "\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_examples_of_the_description_have_the_fields_of_real_answers() {
        JsonNode paths = api.get("/v3/api-docs").json().get("paths");
        JsonNode real = api.get("/v1/policies/correlation/1").json();
        String example = "/content/application~1json/example";
        for (String answer : List.of("/~1{kind}~1{version}/get/responses/200", "/~1{kind}/post/responses/201")) {
            JsonNode given = paths.at(answer.replaceFirst("/~1", "/~1v1~1policies~1") + example);
            assertThat(given.propertyNames()).as(answer).containsExactlyElementsOf(real.propertyNames());
        }
        JsonNode list = paths.at("/~1v1~1policies~1{kind}/get/responses/200" + example);
        assertThat(list.at("/items/0").propertyNames())
                .containsExactlyElementsOf(api.get("/v1/policies/correlation")
                        .json()
                        .at("/items/0")
                        .propertyNames());
    }

    @Test
    void only_those_who_may_see_the_whole_city_see_its_policies() {
        String districtOperator = Infrastructure.shared().issuer().token("district", "500103", "OPERATOR", "ADMIN");
        assertThat(api.getAs(districtOperator, "/v1/policies/grading").status()).isEqualTo(403);
        String worker = Infrastructure.shared().issuer().token("worker", "50", "GRID_WORKER");
        assertThat(api.getAs(worker, "/v1/policies/grading").status()).isEqualTo(403);
        String analyst = Infrastructure.shared().issuer().token("analyst", "50", "ANALYST");
        assertThat(api.getAs(analyst, "/v1/policies/grading").status()).isEqualTo(200);
    }

    private static void insert(String kind, int version, String status, String effectiveFrom) {
        administrator
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at,"
                        + " authors) select kind, :version, :status, document, (" + effectiveFrom
                        + ")::timestamptz, now(), '{analyst}' "
                        + "from dispatch.policy where kind = :kind and version = 1")
                .param("kind", kind)
                .param("version", version)
                .param("status", status)
                .update();
    }

    private static int send(String method, String path, String json, String ifMatch) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(api.address() + path))
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + Infrastructure.shared()
                                                            .issuer()
                                                            .token("admin", "50", "ADMIN"))
                                    .header("Content-Type", "application/json")
                                    .header("If-Match", ifMatch)
                                    .method(
                                            method,
                                            json.isEmpty()
                                                    ? HttpRequest.BodyPublishers.noBody()
                                                    : HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }

    private static void answer(int answerStatus, String answerBody) {
        status = answerStatus;
        body = answerBody;
    }

    private static void handle(HttpExchange exchange) throws IOException {
        lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        lastRequest = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " If-Match: "
                + exchange.getRequestHeaders().getFirst("If-Match");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 300 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
