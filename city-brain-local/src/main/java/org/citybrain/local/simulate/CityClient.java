package org.citybrain.local.simulate;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.citybrain.local.LocalPorts;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/** The services' HTTP, as a client outside sees it. Told that it asks too often, it waits for as long as it is told. */
public final class CityClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_MANY_REQUESTS = 429;
    /** Sees the whole city. */
    private static final String READER = "city-operator";

    private static final String ADMINISTRATOR = "admin";
    /** Whose reports they are. */
    private static final String WORKER = "grid-worker";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final LocalPorts ports;
    private final SignedInPeople people;

    /** @param folder the run's own, where the demo people's passwords lie */
    public CityClient(LocalPorts ports, Path folder) {
        this.ports = ports;
        this.people = new SignedInPeople(folder, ports);
    }

    /** One answer: its status and, where it had one, its JSON body. */
    public record Answer(int status, JsonNode body) {}

    /** Every grid of the map with its representative point. */
    public List<Place> listGrids() throws IOException, InterruptedException {
        var places = new ArrayList<Place>();
        Optional<String> cursor = Optional.empty();
        do {
            String from = cursor.map(c -> "&cursor=" + URLEncoder.encode(c, StandardCharsets.UTF_8))
                    .orElse("");
            JsonNode page = expect(200, get(ports.grid(), "/v1/units?tier=GRID&limit=500" + from));
            for (JsonNode unit : page.get("items")) {
                JsonNode point = unit.get("representativePoint");
                places.add(new Place(
                        unit.get("code").asString(),
                        point.get("longitude").asDouble(),
                        point.get("latitude").asDouble()));
            }
            cursor = page.path("nextCursor").asStringOpt();
        } while (cursor.isPresent());
        return places;
    }

    /** Posts one report of the grid worker. */
    public Answer post(String report) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(ports.intake(), "/v1/reports"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(report)),
                WORKER);
    }

    /**
     * Posts the grid worker's reports as one batch, a line each. The answer says what of it is safe: {@code accepted} and
     * {@code rejected}.
     */
    public JsonNode postBatch(List<String> reports) throws IOException, InterruptedException {
        return expect(200, send(batch(reports), WORKER));
    }

    /** The same for reports of the demo gateway, with its key. */
    public JsonNode postBatchOfGateway(List<String> reports) throws IOException, InterruptedException {
        return expect(200, sendAsItIs(batch(reports).header("X-Api-Key", people.gatewayKey())));
    }

    private HttpRequest.Builder batch(List<String> reports) {
        return HttpRequest.newBuilder(uri(ports.intake(), "/v1/reports/batch"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", reports)));
    }

    /** Reads from the front door. */
    public Answer read(String path) throws IOException, InterruptedException {
        return get(ports.api(), path);
    }

    /** Reads from an address that an answer gave. */
    public Answer follow(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    /** Whether the audit trail is whole, asked as the administrator. */
    public Answer verifyAudit() throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(ports.api(), "/v1/audit/verification"))
                        .GET(),
                ADMINISTRATOR);
    }

    /** Reads the map. */
    public Answer readMap(String path) throws IOException, InterruptedException {
        return get(ports.grid(), path);
    }

    /** The totals of all time: what came in, and what came of it. */
    public JsonNode readLedger() throws IOException, InterruptedException {
        return expect(200, read("/v1/ledger")).get("totals");
    }

    private Answer get(int port, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(port, path)).GET());
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, READER);
    }

    private Answer send(HttpRequest.Builder request, String person) throws IOException, InterruptedException {
        return sendAsItIs(request.header("Authorization", "Bearer " + people.token(person)));
    }

    private Answer sendAsItIs(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest whole = request.timeout(PATIENCE).build();
        HttpResponse<String> answer = http.send(whole, BodyHandlers.ofString(StandardCharsets.UTF_8));
        while (answer.statusCode() == TOO_MANY_REQUESTS) {
            TimeUnit.SECONDS.sleep(
                    answer.headers().firstValueAsLong("Retry-After").orElse(1));
            answer = http.send(whole, BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
        String body = answer.body().isBlank() ? "null" : answer.body();
        return new Answer(answer.statusCode(), MessageJson.MAPPER.readTree(body));
    }

    private static JsonNode expect(int status, Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("the answer was " + answer.status() + " instead of " + status + ": " + answer.body());
        }
        return answer.body();
    }

    private static URI uri(int port, String path) {
        return URI.create(LocalPorts.url(port) + path);
    }

    @Override
    public void close() {
        http.close();
    }
}
