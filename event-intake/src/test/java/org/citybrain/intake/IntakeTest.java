package org.citybrain.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * The whole service on real Kafka and PostGIS, asked over HTTP, by default by the grid worker worker-1, who is an administrator
 * as well. All test classes below share one running service.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=event-intake",
            "city-brain.intake.demo-sources=true",
            "city-brain.access.limit.person.per-second=100000",
            "city-brain.access.limit.person.burst=100000"
        })
public abstract class IntakeTest {

    protected static final Database DATABASE = Infrastructure.shared().newDatabase();

    static {
        TestCity.load(DATABASE);
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    protected static JdbcClient administrator() {
        return JdbcClient.create(DATABASE.administratorDataSource());
    }

    protected int port() {
        return port;
    }

    public record Answer(int status, String contentType, HttpResponse<String> response, JsonNode body) {
        public String text(String field) {
            return body.path(field).asString();
        }
    }

    protected Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    protected Answer post(String path, String contentType, BodyPublisher body) {
        return send(request(path).header("Content-Type", contentType).POST(body));
    }

    protected Answer postReport(String json) {
        return post("/v1/reports", "application/json", json);
    }

    protected Answer get(String path) {
        return send(request(path).GET());
    }

    /** By worker-1. */
    protected HttpRequest.Builder request(String path) {
        return requestOfNobody(path).header("Authorization", "Bearer " + token("worker-1", "GRID_WORKER", "ADMIN"));
    }

    protected HttpRequest.Builder requestOf(String path, String key) {
        return requestOfNobody(path).header("X-Api-Key", key);
    }

    protected Answer postReportOf(String key, String json) {
        return send(requestOf("/v1/reports", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public static String token(String name, String... roles) {
        return Infrastructure.shared().issuer().token(name, "50", roles);
    }

    /** Registers a source for waterlogging anywhere in the city, and issues a key to it. */
    protected String newKey(String sourceId) {
        send(request("/v1/sources/" + sourceId)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"types": ["flood.waterlogging"], "datums": ["WGS84"], "unitCodes": ["50"]}""")));
        return anotherKey(sourceId, "");
    }

    protected String anotherKey(String sourceId, String body) {
        Answer answer = post("/v1/sources/" + sourceId + "/keys", "application/json", body);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.response().body());
        }
        return answer.text("key");
    }

    public static String sensorReport(String sourceId) {
        return report(UUID.randomUUID()).replace("GRID_WORKER", "SENSOR").replace("worker-1", sourceId);
    }

    protected HttpRequest.Builder requestOfNobody(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    public static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = contentType.contains("json")
                    ? MessageJson.MAPPER.readTree(response.body())
                    : MessageJson.MAPPER.missingNode();
            return new Answer(response.statusCode(), contentType, response, body);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** An admissible report of a grid worker, of just now, that ends in {@code : 35}}; no number in it has a fraction but its place. */
    public static String report(UUID reportId) {
        return report(reportId, "flood.waterlogging");
    }

    public static String report(UUID reportId, String type) {
        return """
                {"reportId": "%s", "source": {"kind": "GRID_WORKER", "id": "worker-1"}, "type": "%s",
                 "occurredAt": "%s", "location": {"longitude": 106.25, "latitude": 29.25, "datum": "WGS84"},
                 "peopleAffected": 35}""".formatted(reportId, type, Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS))
                .replace("\n", "");
    }
}
