package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A grid worker's day as their phone sends it, on the running system (docs/workers-app.md). */
@NativeOnly("asks what ./city-brain up starts on this machine")
class WorkersPhoneIT {

    private static final String WORKER = "grid-worker";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CityClient city = RunningCity.client();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_worker_reports_with_a_photo_and_their_phone_learns_of_the_task_in_every_way() throws Exception {
        Place place = city.listGrids().getFirst();
        String cursor = json(get(WORKER, "/v1/changes")).get("nextCursor").asString();
        List<JsonNode> seen = new CopyOnWriteArrayList<>();
        HttpResponse<InputStream> stream =
                http.send(request(WORKER, "/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(() -> read(stream.body(), seen));

        byte[] photo = photo();
        String hash = sendInTwoParts(photo);
        String incident = report(place, hash);
        String task = ownTask(incident, place);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen)
                        .extracting(event -> event.get("id").asString())
                        .contains(incident, task));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(changesSince(cursor)).contains(incident, task));
        assertThat(json(get(WORKER, "/v1/tasks?mine=true")).get("items").valueStream())
                .anyMatch(mine -> mine.get("id").asString().equals(task)
                        && mine.at("/incident/type").asString().equals("fire.building"));

        move(task, "acknowledge", "{}");
        move(task, "start", "{}");
        move(task, "report-back", """
                {"text": "put out and fenced off", "evidence": [{"sha256": "%s", "mediaType": "image/jpeg"}]}""".formatted(hash));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen)
                        .filteredOn(event -> event.get("id").asString().equals(task))
                        .extracting(event -> event.get("status").asString())
                        .containsSubsequence("DISPATCHED", "ACKNOWLEDGED", "IN_PROGRESS", "REPORTED_BACK"));
        stream.body().close();

        HttpResponse<byte[]> forTheOperator = http.send(
                request("district-operator", "/v1/evidence/" + hash).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(forTheOperator.statusCode()).isEqualTo(200);
        assertThat(forTheOperator.body()).isEqualTo(photo);
    }

    private List<String> changesSince(String cursor) throws Exception {
        return json(get(WORKER, "/v1/changes?limit=200&since=" + cursor))
                .get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private String sendInTwoParts(byte[] photo) throws Exception {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(photo));
        HttpResponse<String> begun = http.send(
                request(WORKER, "/v1/evidence")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Integer.toString(photo.length))
                        .header("Upload-Metadata", "sha256 " + base64(hash) + ",filetype " + base64("image/jpeg"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        String upload = begun.headers().firstValue("Location").orElseThrow();
        int half = photo.length / 2;
        for (int from : new int[] {0, half}) {
            byte[] part = Arrays.copyOfRange(photo, from, from == 0 ? half : photo.length);
            HttpResponse<String> taken = http.send(
                    request(WORKER, upload)
                            .header("Content-Type", "application/offset+octet-stream")
                            .header("Upload-Offset", Integer.toString(from))
                            .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(part))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        }
        return hash;
    }

    private String report(Place place, String hash) throws Exception {
        UUID id = UUID.randomUUID();
        String report = MessageJson.MAPPER.writeValueAsString(new Report(
                id,
                new Report.Source(SourceKind.GRID_WORKER, WORKER, null),
                "fire.building",
                Instant.now().minusSeconds(5),
                new Report.Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                2L,
                null,
                null,
                "a kitchen is on fire",
                null,
                List.of(new Report.Evidence("citybrain:evidence/" + hash, "image/jpeg", hash))));
        CityClient.Answer answer = city.post(report);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return await().atMost(PATIENCE)
                .until(() -> city.read("/v1/reports/" + id).body(), body -> body.hasNonNull("incidentId"))
                .get("incidentId")
                .asString();
    }

    private String ownTask(String incident, Place place) throws Exception {
        return json(get(WORKER, "/v1/incidents/" + incident))
                .get("tasks")
                .valueStream()
                .filter(task -> task.at("/unit/code").asString().equals(place.gridCode()))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    private void move(String task, String command, String body) throws Exception {
        String version =
                get(WORKER, "/v1/tasks/" + task).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> answer = http.send(
                request(WORKER, "/v1/tasks/" + task + "/" + command)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("If-Match", version)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(command + ": " + answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> get(String account, String path) throws Exception {
        return http.send(request(account, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String account, String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(RunningCity.ports().api()) + path))
                .header(
                        "Authorization",
                        "Bearer " + FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), account));
    }

    private static void read(InputStream stream, List<JsonNode> seen) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> line.startsWith("data: {\"id\""))
                    .forEach(line -> seen.add(MessageJson.MAPPER.readTree(line.substring(6))));
        } catch (IOException | UncheckedIOException closed) {
            return;
        }
    }

    private static byte[] photo() {
        byte[] photo = new byte[120_000];
        new Random(27).nextBytes(photo);
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}, 0, photo, 0, 4);
        return photo;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MessageJson.MAPPER.readTree(answer.body());
    }
}
