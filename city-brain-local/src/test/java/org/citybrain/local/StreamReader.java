package org.citybrain.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the live stream as a screen does, and remembers which lines of the timeline it was told of. */
final class StreamReader {

    private final String unit;
    private final HttpResponse<InputStream> response;
    private final List<String> ids = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private boolean begun;
    private String ending = "";

    private StreamReader(String unit, HttpResponse<InputStream> response) {
        this.unit = unit;
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    static StreamReader open(HttpClient http, URI api, String token, String unit)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(
                HttpRequest.newBuilder(api.resolve("/v1/stream"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError("the stream was answered " + response.statusCode());
        }
        return new StreamReader(unit, response);
    }

    /** Whose reach the reader has. */
    String unit() {
        return unit;
    }

    /** The lines that it was told of, {@code transaction.sequence} each, as they came. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The ids of all events that have one. */
    synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    synchronized boolean hasEnded() {
        return !ending.isEmpty();
    }

    /** What the server told when it ended the stream, or how the connection broke; empty while it goes on. */
    synchronized String ending() {
        return ending;
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String line;
            while ((line = text.readLine()) != null) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    take(id, line.substring(7));
                } else if (line.startsWith("data: ") && hasEnded()) {
                    end(line);
                }
            }
            end("the stream was over");
        } catch (IOException | UncheckedIOException broken) {
            end(broken.toString());
        }
    }

    private synchronized void take(String id, String event) {
        switch (event) {
            case "start" -> begun = true;
            case "incident" -> {
                ids.add(id);
                lines.add(id.substring(0, id.indexOf('.', id.indexOf('.') + 1)));
            }
            case "task" -> ids.add(id);
            case "alive" -> {}
            case "end" -> end(event);
            default -> throw new AssertionError("not expected on this stream: " + event);
        }
    }

    private synchronized void end(String why) {
        ending += why + "; ";
    }
}
