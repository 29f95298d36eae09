package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.citybrain.local.FetchKey;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.Place;

/**
 * A gateway that posts one report after the other at a steady pace, whether or not the one before has been answered; but no
 * more than {@value #MOST_AT_ONCE} at once, as it has no more connections.
 */
final class BenchGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NO_ANSWER = 0;
    private static final int MOST_AT_ONCE = 64;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI reports;
    private final String id;
    private final String key;
    private final Place place;

    private BenchGateway(URI intake, String id, String key, Place place) {
        this.reports = intake.resolve("/v1/reports");
        this.id = id;
        this.key = key;
        this.place = place;
    }

    /** Registers it, and issues a key to it. */
    static BenchGateway register(Path folder, LocalPorts ports, String id, int reportsPerSecond, Place place)
            throws IOException, InterruptedException {
        URI intake = URI.create(LocalPorts.url(ports.intake()));
        HttpRequest put = HttpRequest.newBuilder(intake.resolve("/v1/sources/" + id))
                .header("Authorization", "Bearer " + FetchToken.fetch(folder, ports, "admin"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"types": ["flood.waterlogging"], "datums": ["WGS84"], "unitCodes": ["50"], "reportsPerSecond": %d}
                        """.formatted(reportsPerSecond)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(put, BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new IOException("the gateway " + id + " cannot be registered: " + status);
            }
        }
        return new BenchGateway(intake, id, FetchKey.issue(folder, ports, id), place);
    }

    /** Returns when all of it is answered. What is late counts from when it should have been sent. */
    void post(int perSecond, Duration duration, Latencies latencies) {
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long began = System.nanoTime();
        var connections = new Semaphore(MOST_AT_ONCE);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = began; System.nanoTime() - began < duration.toNanos(); due += pause) {
                sleepUntil(due);
                connections.acquireUninterruptibly();
                long since = due;
                senders.execute(() -> {
                    postOne(since, latencies);
                    connections.release();
                });
            }
        }
    }

    private void postOne(long since, Latencies latencies) {
        HttpRequest request = HttpRequest.newBuilder(reports)
                .header("X-Api-Key", key)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(
                        """
                        {"reportId": "%s", "source": {"kind": "SENSOR", "id": "%s"}, "type": "flood.waterlogging",
                         "occurredAt": "%s", "location": {"longitude": %s, "latitude": %s, "datum": "WGS84"}}
                        """.formatted(UUID.randomUUID(), id, Instant.now(), place.longitude(), place.latitude())))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            latencies.add(System.nanoTime() - since, status);
        } catch (IOException noAnswer) {
            latencies.add(System.nanoTime() - since, NO_ANSWER);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleepUntil(long due) {
        long left = due - System.nanoTime();
        if (left > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
