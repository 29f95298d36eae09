package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only an attacker sends, to every service: never a fault of ours, never a stack trace, never what is not theirs. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class HostileRequestsIT {

    private static final List<String> SQL = List.of(
            "' or '1'='1",
            "'; drop table dispatch.incident; --",
            "50' union select hash from audit.line --",
            "$$; select pg_sleep(10); $$",
            "%27%20or%201=1--",
            "50\\' or 1=1 --",
            "{{7*7}}${7*7}<script>alert(1)</script>",
            "x".repeat(5_000),
            "\uD83D\uDE92\u202E\uFEFF");

    /** Every query parameter that any list knows. */
    private static final List<String> PARAMETERS = List.of(
            "unit",
            "status",
            "level",
            "scope",
            "type",
            "category",
            "bbox",
            "from",
            "to",
            "cursor",
            "limit",
            "tier",
            "role",
            "incidentId",
            "partition",
            "offset",
            "actor",
            "parent",
            "at",
            "longitude",
            "latitude",
            "datum",
            "mine");

    private static final Set<Integer> ANSWERED = Set.of(200, 400, 403, 404, 414);
    /** A person has eight streams at most, and that one was left is noticed when something is written to it. */
    private static final Set<Integer> STREAMED = Set.of(200, 400, 403, 404, 414, 429);

    private final HttpClient http = HttpClient.newHttpClient();

    static List<AccessMatrixIT.Row> reads() throws IOException {
        return AccessMatrixIT.rows().stream()
                .filter(row -> row.method().equals("GET") && row.path().startsWith("/v1/"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void sql_in_a_parameter_or_in_the_path_is_a_value_like_any_other(AccessMatrixIT.Row row) throws Exception {
        String operator = token("district-operator");
        String admin = token("admin");
        for (String hostile : SQL) {
            String encoded = URLEncoder.encode(hostile, StandardCharsets.UTF_8).replace("+", "%20");
            String inPath =
                    row.path().replaceAll("\\{[^}]*}", encoded.length() > 2_000 ? "x" : encoded.replace("%", "%25"));
            for (String token : List.of(operator, admin)) {
                check(row, token, inPath);
            }
            for (String parameter : PARAMETERS) {
                check(row, operator, row.path().replaceAll("\\{[^}]*}", "50") + "?" + parameter + "=" + encoded);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/incidents/",
                "//v1/incidents",
                "/v1//incidents",
                "/v1/./incidents",
                "/v1/x/../incidents",
                "/v1/%2e%2e/v1/incidents",
                "/v1/..;/v1/incidents",
                "/v1;x=y/incidents",
                "/v1/incidents;jsessionid=1",
                "/v1/incidents%00",
                "/v1/incidents%0d%0aX-Injected:%20yes",
                "/v1%2fincidents",
                "/v1\\incidents",
                "/V1/INCIDENTS",
                "/v1/incidents.json",
                "/v1/units",
                "/v1/staff",
                "/v1/sources",
                "/internal/parked",
                "/actuator/prometheus/",
                "/actuator/../actuator/prometheus",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/health/../prometheus",
                "/v3/api-docs/../../v1/incidents",
                "/page/../v1/incidents",
                "/page/%2e%2e/%2e%2e/city-brain-api.yml",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF"
            })
    void a_path_trick_leads_nobody_past_the_guard(String path) throws Exception {
        LocalPorts ports = RunningCity.ports();
        for (int port : List.of(ports.api(), ports.intake(), ports.dispatch(), ports.grid(), ports.identity())) {
            // By hand: a client library would tidy the path up.
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream()
                        .write(("GET " + path
                                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                String answer = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                        .lines()
                        .reduce("", (one, other) -> one + "\n" + other);
                int status = Integer.parseInt(answer.strip().split(" ")[1]);
                assertThat(status).as("%d %s: %s", port, path, answer).isIn(400, 401, 403, 404, 302);
                assertThat(answer).doesNotContain("\nX-Injected:", "Exception", "\tat ", "jvm_memory");
            }
        }
    }

    private void check(AccessMatrixIT.Row row, String token, String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(URI.create(LocalPorts.url(AccessMatrixIT.port(row.service())) + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            // A live stream has no end: its body is not read.
            boolean isStream =
                    answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            String text = isStream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer.statusCode()).as("%s %s", path, text).isIn(isStreamed(row) ? STREAMED : ANSWERED);
            assertThat(text).doesNotContain("Exception", "\tat ", "org.postgresql", "SQLState");
        }
    }

    private static boolean isStreamed(AccessMatrixIT.Row row) {
        return row.path().equals("/v1/stream");
    }

    private static String token(String person) throws IOException, InterruptedException {
        return FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), person);
    }
}
