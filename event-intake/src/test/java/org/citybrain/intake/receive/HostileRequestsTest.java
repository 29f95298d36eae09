package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.citybrain.intake.IntakeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, nobody sees a 500 or a stack trace. */
class HostileRequestsTest extends IntakeTest {

    private static final int BODIES = 10_000;
    private static final int AT_ONCE = 16;

    private record Endpoint(String method, String path, String contentType) {}

    private record Attempt(Endpoint endpoint, String body) {}

    @Test
    void ten_thousand_fuzzed_bodies_are_answered_with_a_reason_each() throws InterruptedException {
        newKey("gw-fuzzed");
        var failures = new ConcurrentLinkedQueue<String>();
        var places = new Semaphore(AT_ONCE);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Attempt attempt : attempts().sampleStream().limit(BODIES).toList()) {
                places.acquire();
                senders.execute(() -> {
                    try {
                        Answer answer = send(request(attempt.endpoint().path())
                                .header("Content-Type", attempt.endpoint().contentType())
                                .method(attempt.endpoint().method(), BodyPublishers.ofString(attempt.body())));
                        if (!isWellAnswered(answer)) {
                            failures.add(attempt + " -> " + answer.status() + " "
                                    + answer.response().body());
                        }
                    } catch (RuntimeException failure) {
                        failures.add(attempt + " -> " + failure);
                    } finally {
                        places.release();
                    }
                });
            }
        }

        assertThat(failures).isEmpty();
    }

    private static boolean isWellAnswered(Answer answer) {
        String body = answer.response().body();
        return answer.status() < 500
                && !body.contains("Exception")
                && !body.contains("\tat ")
                && (answer.status() < 400 || !answer.text("reason").isEmpty());
    }

    private static Arbitrary<Attempt> attempts() {
        Arbitrary<Endpoint> endpoints = Arbitraries.of(
                new Endpoint("POST", "/v1/reports", "application/json"),
                new Endpoint("POST", "/v1/reports/batch", "application/json"),
                new Endpoint("POST", "/v1/reports/batch", "application/x-ndjson"),
                new Endpoint("POST", "/v1/cloudevents", "application/json"),
                new Endpoint("POST", "/v1/cloudevents", "application/cloudevents+json"),
                new Endpoint("POST", "/v1/cloudevents", "application/cloudevents-batch+json"),
                new Endpoint("PUT", "/v1/sources/gw-fuzzed", "application/json"),
                new Endpoint("POST", "/v1/sources/gw-fuzzed/keys", "application/json"));
        String good = report(UUID.randomUUID());
        Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(200);
        Arbitrary<String> jsonLike = Arbitraries.strings()
                .withChars("{}[]\",:0123456789.eE-nulltrue \\\n")
                .ofMaxLength(200);
        Arbitrary<String> cut = Arbitraries.integers().between(0, good.length()).map(at -> good.substring(0, at));
        Arbitrary<String> changed = Combinators.combine(
                        Arbitraries.integers().between(0, good.length() - 1),
                        Arbitraries.chars().all())
                .as((at, character) -> good.substring(0, at) + character + good.substring(at + 1));
        Arbitrary<String> deep = Combinators.combine(
                        Arbitraries.of("[", "{\"a\":", "[{\"data\":", "{\"data\":{\"a\":["),
                        Arbitraries.integers().between(1, 5_000))
                .as(String::repeat);
        return Combinators.combine(endpoints, Arbitraries.oneOf(noise, jsonLike, cut, changed, deep))
                .as(Attempt::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\": ", "{\"footprint\": {\"coordinates\": [", "{\"features\": [{\"class\": "})
    void json_that_is_nested_too_deeply_is_one_clear_refusal(String level) {
        String deep = level.repeat(2_000);

        Answer single = postReport(deep);
        Answer batch = post("/v1/reports/batch", "application/x-ndjson", deep + "\n" + report(UUID.randomUUID()));
        Answer event = post("/v1/cloudevents", "application/cloudevents+json", "{\"data\": " + deep);
        Answer source = send(request("/v1/sources/gw-deep")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(deep)));

        assertThat(single.status()).isEqualTo(400);
        assertThat(single.text("detail")).contains("expected");
        assertThat(batch.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(batch.body().path("rejected").size()).isEqualTo(1);
        assertThat(event.status()).isEqualTo(400);
        assertThat(source.status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/reports/../sources HTTP/1.1",
        "GET /v1//sources HTTP/1.1",
        "GET /v1/sources;a=b HTTP/1.1",
        "GET /v1/sources/%2e%2e/actuator/prometheus HTTP/1.1",
        "GET /v1/sources/a%2Fb HTTP/1.1",
        "GET /v1/sources/%00 HTTP/1.1",
        "GET /v1/sources/%zz HTTP/1.1",
        "GET /v1/sources?limit=%zz HTTP/1.1",
        "GET /v1/sources?limit=1'%20or%201=1 HTTP/1.1",
        "GET /actuator/../actuator/prometheus HTTP/1.1",
        "TRACE /v1/sources HTTP/1.1",
        "NONSENSE /v1/sources HTTP/1.1",
        "GET /v1/<script> HTTP/1.1",
        "GET /v1/nothing HTTP/1.1",
        "POST /v1/reports HTTP/9.9",
        "rubbish"
    })
    void path_tricks_and_broken_requests_get_a_problem(String requestLine) throws IOException {
        String answer = sendRaw(requestLine);

        assertThat(answer).as(requestLine).matches("(?s)HTTP/1\\.1 (4\\d\\d|505).*");
        assertThat(answer).contains("application/problem+json", "\"reason\":\"").doesNotContain("<html", "Exception");
    }

    @Test
    void text_that_is_sql_is_text() {
        for (String sql : List.of("x' or '1'='1", "x'; drop table intake.source; --", "$1", ":id", "\\")) {
            assertThat(get("/v1/sources?cursor=" + encoded(sql)).status()).isEqualTo(200);
            assertThat(get("/v1/sources?limit=" + encoded(sql)).status()).isEqualTo(400);
            assertThat(postReport(report(UUID.randomUUID()).replace("flood.waterlogging", sql.replace("\\", "\\\\")))
                            .text("reason"))
                    .isEqualTo("UNKNOWN_TYPE");
        }
        assertThat(get("/v1/sources?limit=1").status()).isEqualTo(200);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String sendRaw(String requestLine) throws IOException {
        try (var socket = new Socket("127.0.0.1", port())) {
            OutputStream out = socket.getOutputStream();
            out.write((requestLine
                            + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: Bearer "
                            + token("worker-1", "GRID_WORKER", "ADMIN") + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
