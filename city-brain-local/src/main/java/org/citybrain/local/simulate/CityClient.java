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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.citybrain.access.secret.SecretFile;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.LocalSettings;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The services' HTTP, as a client outside sees it. Told that it asks too often, it waits for as long as it is told. */
public final class CityClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_MANY_REQUESTS = 429;

    /** Whom this client speaks for. */
    private enum Sender {
        /** Sees the whole city. */
        READER,
        WORKER,
        GATEWAY
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final LocalPorts ports;
    private final SignedInPeople people;
    private final SecretFile demoKey;

    /** @param folder the run's own, where the demo people's passwords and the demo gateway's key lie */
    public CityClient(LocalPorts ports, Path folder) {
        this.ports = ports;
        this.people = new SignedInPeople(folder, ports);
        this.demoKey = new SecretFile(LocalSettings.demoKey(folder.resolve("secrets")));
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

    /** Posts one report of the grid worker or of the demo gateway. */
    public Answer post(String report) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(ports.intake(), "/v1/reports"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(report)),
                sender(report));
    }

    /**
     * Posts reports of the grid worker and of the demo gateway, a line each: one batch for each of the two. The answer says
     * what of it is safe: {@code accepted} and {@code rejected}.
     */
    public JsonNode postBatch(List<String> reports) throws IOException, InterruptedException {
        int accepted = 0;
        ArrayNode rejected = MessageJson.MAPPER.createArrayNode();
        Map<Sender, List<String>> bySender =
                reports.stream().collect(Collectors.groupingBy(CityClient::sender, TreeMap::new, Collectors.toList()));
        for (Map.Entry<Sender, List<String>> own : bySender.entrySet()) {
            JsonNode answer = postBatch(own.getValue(), own.getKey());
            accepted += answer.get("accepted").asInt();
            rejected.addAll(answer.get("rejected").valueStream().toList());
        }
        return MessageJson.MAPPER
                .createObjectNode()
                .put("accepted", accepted)
                .set("rejected", rejected);
    }

    private JsonNode postBatch(List<String> reports, Sender sender) throws IOException, InterruptedException {
        return expect(
                200,
                send(
                        HttpRequest.newBuilder(uri(ports.intake(), "/v1/reports/batch"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", reports))),
                        sender));
    }

    /** Reads from the front door. */
    public Answer read(String path) throws IOException, InterruptedException {
        return get(ports.api(), path);
    }

    /** Reads from an address that an answer gave. */
    public Answer follow(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
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
        return send(request, Sender.READER);
    }

    private Answer send(HttpRequest.Builder request, Sender sender) throws IOException, InterruptedException {
        switch (sender) {
            case READER -> request.header("Authorization", "Bearer " + people.token("city-operator"));
            case WORKER -> request.header("Authorization", "Bearer " + people.token("grid-worker"));
            case GATEWAY -> request.header("X-Api-Key", demoKey.read().orElseThrow().strip());
        }
        HttpRequest whole = request.timeout(PATIENCE).build();
        HttpResponse<String> answer = http.send(whole, BodyHandlers.ofString(StandardCharsets.UTF_8));
        while (answer.statusCode() == TOO_MANY_REQUESTS) {
            TimeUnit.SECONDS.sleep(answer.headers().firstValueAsLong("Retry-After").orElse(1));
            answer = http.send(whole, BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
        String body = answer.body().isBlank() ? "null" : answer.body();
        return new Answer(answer.statusCode(), MessageJson.MAPPER.readTree(body));
    }

    private static Sender sender(String report) {
        return report.contains("\"SENSOR\"") ? Sender.GATEWAY : Sender.WORKER;
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
