package org.citybrain.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

    private final RunningApi api = RunningApi.shared();

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/unheard-of, 404, UNKNOWN_PATH",
        "GET, /v1/incidents/, 404, NOT_FOUND",
        "GET, /other.html, 404, UNKNOWN_PATH",
        "GET, /error, 404, NOT_FOUND",
        "DELETE, /v1/incidents, 405, METHOD_NOT_ALLOWED",
        "POST, /v1/ledger, 405, METHOD_NOT_ALLOWED",
        "GET, /v1/parked/019f1d2c-0000-8000-8000-000000000000/retry, 405, METHOD_NOT_ALLOWED",
        "POST, /v1/parked/019f1d2c-0000-8000-8000-000000000000/retry, 400, BAD_BODY",
    })
    void whatever_is_wrong_is_a_problem_with_a_reason(String method, String path, int status, String reason) {
        Answer answer = api.send(method, path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    }

    @Test
    void a_body_that_is_no_json_is_refused_by_its_type() {
        Answer answer = api.postText("/v1/parked/019f1d2c-0000-8000-8000-000000000000/retry", "why");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.reason()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_wrong_method_names_the_right_ones() {
        Answer answer = api.send("PUT", "/v1/tasks");

        assertThat(answer.header("Allow")).contains("GET");
        assertThat(answer.json().get("value").asString()).isEqualTo("PUT");
        assertThat(answer.json().get("expected").asString()).contains("GET");
    }

    @Test
    void a_caller_who_takes_no_json_still_gets_a_problem() {
        assertThat(api.get("/v1/incidents", "Accept", "text/csv").status()).isEqualTo(406);
        assertThat(api.get("/v1/incidents", "Accept", "text/csv").reason()).isEqualTo("NOT_ACCEPTABLE");
        assertThat(api.get("/v1/incidents/17", "Accept", "text/html").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void a_database_that_is_away_is_503_and_nothing_of_it_leaks() {
        try (RunningApi cut = RunningApi.start(
                "CITY_BRAIN_DATABASE_URL=jdbc:postgresql://127.0.0.1:1/city_brain",
                "spring.datasource.hikari.connection-timeout=300")) {
            for (String path :
                    new String[] {"/v1/incidents", "/v1/ledger", "/v1/incidents/019f1d2c-0000-8000-8000-000000000000"
                    }) {
                Answer answer = cut.get(path);

                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.reason()).isEqualTo("DATABASE_UNREACHABLE");
                assertThat(answer.header("Retry-After")).isNotBlank();
                assertThat(answer.text()).doesNotContain("jdbc", "Exception", "127.0.0.1");
            }
            assertThat(cut.get("/actuator/health").status()).isEqualTo(503);
            assertThat(cut.get("/actuator/health/liveness").status()).isEqualTo(200);
        }
    }

    @Test
    void the_service_says_where_to_go_on_and_how_it_is() {
        assertThat(api.get("/").text()).contains("City Brain</title>");
        assertThat(api.get("/actuator/health").json().get("status").asString()).isEqualTo("UP");
        api.get("/v1/incidents");
        assertThat(api.get("/actuator/prometheus").text())
                .contains("http_server_requests_seconds_bucket", "uri=\"/v1/incidents\"", "service=\"city-brain-api\"");
    }

    @Test
    void a_request_that_is_no_http_gets_no_stack_trace() throws Exception {
        URI address = api.address();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /v1/incidents?unit={50} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "org.apache");
        }
    }
}
