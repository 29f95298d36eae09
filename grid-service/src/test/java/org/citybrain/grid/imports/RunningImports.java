package org.citybrain.grid.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.grid.GridApplication;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a database of its own, whose map each test begins anew. */
@SpringBootTest(
        classes = GridApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=grid-service",
            "city-brain.grid.announce.look-every=1s",
            "city-brain.access.limit.person.per-second=100000",
            "city-brain.access.limit.person.burst=100000"
        })
abstract class RunningImports {

    static final String FIRST = "2024-01-01T00:00:00Z";
    static final String REFORM = "2025-11-05T16:00:00Z";

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ADMINISTRATOR = token("admin", "50", "ADMIN");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void clear() {
        // What draws tiles in the background may be reading just now, in another order of tables.
        for (int attempt = 1; ; attempt++) {
            try {
                database().sql("truncate grid.map_version, grid.unit cascade").update();
                return;
            } catch (org.springframework.dao.PessimisticLockingFailureException deadlock) {
                if (attempt == 10) {
                    throw deadlock;
                }
            }
        }
    }

    /** The database as the administrator sees it. */
    static JdbcClient database() {
        return JdbcClient.create(DATABASE.administratorDataSource());
    }

    static Connection administrator() throws SQLException {
        return DATABASE.administratorDataSource().getConnection();
    }

    static String token(String name, String unit, String role) {
        return Infrastructure.shared().issuer().token(name, unit, role);
    }

    record Answer(int status, JsonNode body) {

        List<String> reasons() {
            return body.get("problems")
                    .valueStream()
                    .map(problem -> problem.get("reason").asString())
                    .toList();
        }

        JsonNode problem() {
            return body.get("problems").get(0);
        }
    }

    /** Makes the small map the first version. */
    long importSmallMap() {
        Answer answer = post(
                Map.of("effectiveFrom", FIRST), BoundaryFile.of(MadeMap.small()).text());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().get("mapVersion").asLong();
    }

    Answer reform(BoundaryFile file) {
        return post(Map.of("effectiveFrom", REFORM), file.text());
    }

    /** @param parameters datum is WGS84 where they do not say */
    Answer post(Map<String, String> parameters, String file) {
        return post(ADMINISTRATOR, parameters, BodyPublishers.ofString(file));
    }

    Answer post(String token, Map<String, String> parameters, BodyPublisher file) {
        Map<String, String> all = new HashMap<>(Map.of("datum", "WGS84"));
        all.putAll(parameters);
        String query = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request("/v1/imports?" + query, token)
                .header("Content-Type", "application/geo+json")
                .POST(file)
                .build());
    }

    JsonNode get(String pathAndQuery) {
        return send(request(pathAndQuery, ADMINISTRATOR).build()).body();
    }

    int status(String pathAndQuery) {
        return send(request(pathAndQuery, ADMINISTRATOR).build()).status();
    }

    HttpRequest.Builder request(String pathAndQuery, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .header("Authorization", "Bearer " + token);
    }

    int port() {
        return port;
    }

    static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** What an import could have left behind. */
    static Map<String, Object> rows() {
        return database().sql("""
                        select (select count(*) from grid.unit) as units,
                               (select count(*) from grid.unit_version) as unit_versions,
                               (select count(*) from grid.unit_version where valid_to is null) as current,
                               (select count(*) from grid.map_version) as map_versions,
                               (select count(*) from grid.map_draft_part) as parts,
                               (select count(*) from grid.map_draft_end) as ends
                        """).query().singleRow();
    }

    static long count(String what) {
        return database().sql("select count(*) from " + what).query(Long.class).single();
    }

    /** Codes of units that hold at a moment. */
    static String unitsAt(String moment) {
        return "grid.unit_view where valid_from <= '" + moment + "' and (valid_to is null or valid_to > '" + moment
                + "')";
    }
}
