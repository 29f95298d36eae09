package org.citybrain.grid;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with the demo city, on real Kafka and PostGIS; one for all test classes. */
@SpringBootTest(
        classes = GridApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=grid-service",
            "city-brain.grid.demo-city=small",
            "city-brain.access.limit.person.per-second=100000",
            "city-brain.access.limit.person.burst=100000"
        })
public abstract class RunningGridService {

    protected static final Database DATABASE = Infrastructure.shared().newDatabase();

    protected static final String ADMINISTRATOR =
            Infrastructure.shared().issuer().token("admin", "50", "ADMIN");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    /** The database as the administrator sees it. */
    protected static JdbcClient database() {
        return JdbcClient.create(DATABASE.administratorDataSource());
    }

    /** Where it is reached, for clients that are none of ours. */
    protected String address() {
        return "http://127.0.0.1:" + port;
    }

    protected Answer get(String pathAndQuery) {
        return send(ADMINISTRATOR, "GET", pathAndQuery, "");
    }

    /** For whoever asks for media types of their own. */
    protected Answer getAs(String accept, String pathAndQuery) {
        return send(
                request(ADMINISTRATOR, pathAndQuery).header("Accept", accept).build());
    }

    protected Answer send(String token, String method, String pathAndQuery, String json) {
        return send(request(token, pathAndQuery)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String token, String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(address() + pathAndQuery)).header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            String contentType = response.headers().firstValue("content-type").orElse("");
            return new Answer(
                    response.statusCode(),
                    contentType,
                    response.body(),
                    contentType.contains("json") ? JSON.readTree(response.body()) : JSON.nullNode());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    protected record Answer(int status, String contentType, String text, JsonNode body) {}
}
