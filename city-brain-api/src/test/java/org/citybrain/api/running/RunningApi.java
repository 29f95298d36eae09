package org.citybrain.api.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.api.ApiApplication;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** One city-brain-api with a database of its own and a clock that stands still. */
public final class RunningApi implements AutoCloseable {

    /** What the service takes for now. */
    public static final Instant NOW = Instant.parse("2026-07-15T10:20:30Z");

    /** In whose name it is asked unless a test says otherwise: sees the whole city, and administers it. */
    private static final String CITY_OPERATOR =
            Infrastructure.shared().issuer().token("city-operator", "50", "OPERATOR", "ADMIN");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Database database;
    private final ConfigurableApplicationContext context;
    private final StandingClock clock;
    private final URI address;
    private final Stored stored;

    private RunningApi(Database database, StandingClock clock, ConfigurableApplicationContext context) {
        this.database = database;
        this.clock = clock;
        this.context = context;
        this.stored = new Stored(database);
        this.address = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** The one that most tests share. */
    public static RunningApi shared() {
        return Shared.API;
    }

    /** Starts another one; the settings ({@code name=value}) take the place of its own. */
    public static RunningApi start(String... settings) {
        return start(Infrastructure.shared().newDatabase(), new StandingClock(NOW), settings);
    }

    /** Starts one more instance on the same database and by the same clock. */
    public RunningApi startAnother(String... settings) {
        return start(database, clock, settings);
    }

    private static RunningApi start(Database database, StandingClock clock, String... settings) {
        Map<String, String> arguments = new HashMap<>(Infrastructure.shared().environment(database));
        arguments.put("server.port", "0");
        // Their queries would be counted among a path's.
        arguments.put("city-brain.api.audit.anchor-every", "1h");
        arguments.put("city-brain.api.notice.listen", "false");
        arguments.put("city-brain.api.notice.sweep-every", "1h");
        arguments.put("city-brain.api.notice.show-every", "1h");
        arguments.put("city-brain.api.notice.clean-every", "1h");
        arguments.put("city-brain.api.webhook.look-every", "1h");
        arguments.put("city-brain.api.evidence.forget-every", "1h");
        arguments.put("CITY_BRAIN_EVIDENCE_FOLDER", "target/evidence");
        // By a clock that stands still nothing that was used up comes back.
        for (String caller : List.of("person", "address")) {
            arguments.put("city-brain.access.limit." + caller + ".per-second", "1000000");
            arguments.put("city-brain.access.limit." + caller + ".burst", "1000000");
        }
        arguments.put("spring.flyway.enabled", "false"); // on the class path only for the tests' own database
        for (String setting : settings) {
            arguments.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ApiApplication.class)
                .properties("spring.config.name=city-brain-api")
                .initializers((GenericApplicationContext starting) ->
                        starting.registerBean("standingClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
                .run(arguments.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        return new RunningApi(database, clock, context);
    }

    /** By which it goes; stands still unless a test moves it. */
    public StandingClock clock() {
        return clock;
    }

    public Database database() {
        return database;
    }

    public URI address() {
        return address;
    }

    /** What the other services have stored for it. */
    public Stored stored() {
        return stored;
    }

    /** How many queries this path takes. */
    public long statementsOf(String path) {
        stored.forgetStatements();
        Answer answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return stored.statements();
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Asks with this token instead of the city operator's; with none at all where it is empty. */
    public Answer getAs(String token, String path) {
        HttpRequest.Builder request = anonymous(path);
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    public Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer postText(String path, String text) {
        return send(request(path).header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    /** The same in the name of somebody else. */
    public Answer postAs(String token, String path, String json, String... headers) {
        return send(anonymous(path, headers)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer send(String method, String path) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    @Override
    public void close() {
        context.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        return anonymous(path, headers).header("Authorization", "Bearer " + CITY_OPERATOR);
    }

    private HttpRequest.Builder anonymous(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What was answered. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return MessageJson.MAPPER.readTree(response.body());
        }

        /** The values of one field of all items of a list. */
        public List<String> items(String field) {
            return json().get("items")
                    .valueStream()
                    .map(item -> item.get(field).asString())
                    .toList();
        }

        /** The reason of a problem, after it was seen to be a whole problem document. */
        public String reason() {
            if (!header("Content-Type").startsWith("application/problem+json")) {
                throw new AssertionError(
                        status() + " " + header("Content-Type") + ": expected a problem, got " + text());
            }
            for (String field : List.of("title", "status", "detail", "instance", "reason")) {
                if (!json().hasNonNull(field)) {
                    throw new AssertionError("a problem without " + field + ": " + text());
                }
            }
            return json().get("reason").asString();
        }
    }

    private static final class Shared {
        static final RunningApi API = start();
    }
}
