package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/** Posts a single report as a gateway, and looks until the API shows an operator the tasks of its incident. */
final class TaskProbe {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So much later it may tell that they are there; what looks more often takes more of what the system is measured on. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    /** It looks again when it has waited for a tenth more: what waits for long is not to be what keeps the system busy. */
    private static final int LOOKS_IN_ITS_TIME = 10;

    private final BenchSystem system;
    private final HttpClient http;
    private final String key;
    private final String token;

    private TaskProbe(BenchSystem system, HttpClient http, String key, String token) {
        this.system = system;
        this.http = http;
        this.key = key;
        this.token = token;
    }

    /** @param key of the gateway */
    static TaskProbe of(BenchSystem system, HttpClient http, String key) throws IOException, InterruptedException {
        return new TaskProbe(system, http, key, FetchToken.fetch(system.folder(), system.ports(), "city-operator"));
    }

    /**
     * How long it took.
     *
     * @param accepted told when the report is taken
     * @throws IOException where it was refused, or its tasks are not there within {@link #PATIENCE}
     */
    long nanosUntilTasks(String report, Runnable accepted) throws IOException, InterruptedException {
        long began = System.nanoTime();
        JsonNode answer = answer(
                HttpRequest.newBuilder(URI.create(LocalPorts.url(system.ports().intake()) + "/v1/reports"))
                        .header("X-Api-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(report)));
        accepted.run();
        URI status = URI.create(answer.get("statusUrl").asString());
        while (!hasTasks(status)) {
            long waited = System.nanoTime() - began;
            if (waited > PATIENCE.toNanos()) {
                throw new IOException("no tasks of " + status + " within " + PATIENCE);
            }
            TimeUnit.NANOSECONDS.sleep(Math.max(SHORTEST_PAUSE.toNanos(), waited / LOOKS_IN_ITS_TIME));
        }
        return System.nanoTime() - began;
    }

    private boolean hasTasks(URI status) throws IOException, InterruptedException {
        JsonNode state = answer(HttpRequest.newBuilder(status).header("X-Api-Key", key));
        if (!state.hasNonNull("incidentId")) {
            return false;
        }
        URI incident = URI.create(LocalPorts.url(system.ports().api()) + "/v1/incidents/"
                + state.get("incidentId").asString());
        return !answer(HttpRequest.newBuilder(incident).header("Authorization", "Bearer " + token))
                .path("tasks")
                .isEmpty();
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("answered " + answer.statusCode() + " " + answer.body());
        }
        return MessageJson.MAPPER.readTree(answer.body());
    }
}
