package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.citybrain.local.LocalPorts;
import org.citybrain.messages.MessageJson;

/** Posts batches of which every report must be accepted. Told to come later, it waits for as long as it is told. */
final class BatchPosts {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI batches;
    private final String key;

    BatchPosts(LocalPorts ports, String key) {
        this.batches = URI.create(LocalPorts.url(ports.intake()) + "/v1/reports/batch");
        this.key = key;
    }

    void post(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        do {
            answer = http.send(
                    HttpRequest.newBuilder(batches)
                            .header("X-Api-Key", key)
                            .header("Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() == 429 || answer.statusCode() == 503) {
                TimeUnit.SECONDS.sleep(
                        answer.headers().firstValueAsLong("Retry-After").orElse(1));
            }
        } while (answer.statusCode() == 429 || answer.statusCode() == 503);
        if (answer.statusCode() != 200
                || !MessageJson.MAPPER.readTree(answer.body()).get("rejected").isEmpty()) {
            throw new IOException("event-intake answered " + answer.statusCode() + " " + answer.body());
        }
    }
}
