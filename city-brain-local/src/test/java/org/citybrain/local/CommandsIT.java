package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** People's commands through the front door of the running system, with reports from the gate. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class CommandsIT {

    private final CityClient city = RunningCity.client();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void an_alarm_that_waits_is_confirmed_then_merged_and_the_front_door_tells_it_all() throws Exception {
        List<Place> grids = city.listGrids();
        UUID here = UUID.randomUUID();
        UUID there = UUID.randomUUID();
        String waiting = open("flood.river-level", here, grids.getFirst(), 640L);
        String other = open("flood.river-level", there, grids.getLast(), 5L);
        assertThat(incident(waiting).at("/grade/level").asString()).isEqualTo("III");
        assertThat(incident(waiting).at("/grade/corroborated").asBoolean()).isFalse();

        String key = UUID.randomUUID().toString();
        String why = "{\"reason\": \"the camera shows it\"}";
        HttpResponse<String> confirmed = command(waiting, "confirm", key, version(waiting), why);
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        assertThat(incident(waiting).at("/grade/level").asString()).isEqualTo("II");
        assertThat(confirmed.headers().firstValue("ETag")).hasValue(version(waiting));
        assertThat(command(waiting, "confirm", key, "\"1\"", why).body())
                .as("sent again")
                .isEqualTo(confirmed.body());

        HttpResponse<String> stale =
                command(waiting, "confirm", UUID.randomUUID().toString(), "\"1\"", why);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.headers().firstValue("ETag")).hasValue(version(waiting));
        assertThat(json(stale).at("/incident/changedBy").asString()).isEqualTo("person:city-operator");
        assertThat(command(waiting, "confirm", UUID.randomUUID().toString(), null, why)
                        .statusCode())
                .isEqualTo(428);

        HttpResponse<String> merged = command(
                waiting,
                "merge",
                UUID.randomUUID().toString(),
                version(waiting),
                "{\"reason\": \"one burst main\", \"into\": \"" + other + "\"}");
        assertThat(merged.statusCode()).as(merged.body()).isEqualTo(200);
        assertThat(incident(waiting).get("status").asString()).isEqualTo("MERGED");
        assertThat(incident(waiting).get("mergedInto").asString()).isEqualTo(other);
        assertThat(incident(other).at("/grade/level").asString()).isEqualTo("II");
        assertThat(incident(other).get("reportCount").asInt()).isEqualTo(2);
        assertThat(city.read("/v1/reports/" + here).body().get("incidentId").asString())
                .isEqualTo(other);
        assertThat(kinds(waiting)).containsSubsequence("OPENED", "CONFIRMED", "GRADED", "MERGED_INTO", "RETURNED");
        assertThat(kinds(other)).containsSubsequence("OPENED", "TOOK_IN", "GRADED", "DISPATCHED");

        JsonNode rate = city.read("/v1/sources/alarm-rates?source=demo-gateway")
                .body()
                .get("items")
                .get(0);
        assertThat(rate.get("confirmed").asInt()).isPositive();
        assertThat(rate.get("falseAlarmRate").asDouble()).isZero();
        SettledLedger.await(city);
        assertThat(city.verifyAudit().body().get("intact").asBoolean()).isTrue();
    }

    @Test
    void an_incident_is_carried_from_its_report_to_its_verified_closing() throws Exception {
        Place place = city.listGrids().getFirst();
        String incident = open("elevator.trapped", UUID.randomUUID(), place, 5L);
        String task = ownTask(incident, place);
        assertThat(allowed("grid-worker", "/v1/tasks/" + task)).contains("acknowledge", "return");
        assertThat(allowed("district-operator", "/v1/incidents/" + incident))
                .contains("escalate", "mobilise")
                .doesNotContain("resolve", "supervise");

        move("grid-worker", "tasks", task, "acknowledge", "{}");
        move("grid-worker", "tasks", task, "start", "{}");
        move("grid-worker", "tasks", task, "arrive", """
                {"location": {"longitude": %s, "latitude": %s, "datum": "WGS84"}}
                """.formatted(place.longitude(), place.latitude()));
        HttpResponse<String> early = send(
                "district-operator",
                "incidents",
                incident,
                "resolve",
                UUID.randomUUID().toString(),
                "{}");
        assertThat(json(early).get("reason").asString()).isEqualTo("STILL_AT_WORK");
        move("grid-worker", "tasks", task, "report-back", "{\"text\": \"the gate is open, the water falls\"}");
        // At night others stand in for the grid, too, and have not reported back.
        move("district-operator", "incidents", incident, "resolve", "{\"reason\": \"all out\", \"force\": true}");
        HttpResponse<String> own = send(
                "district-operator",
                "incidents",
                incident,
                "verify",
                UUID.randomUUID().toString(),
                "{}");
        assertThat(own.statusCode()).isEqualTo(409);
        assertThat(json(own).get("reason").asString()).isEqualTo("OWN_WORK");
        move("city-operator", "incidents", incident, "verify", "{\"reason\": \"seen by the camera\"}");
        move("district-operator", "incidents", incident, "close", "{}");

        assertThat(incident(incident).get("status").asString()).isEqualTo("CLOSED");
        assertThat(incident(incident)
                        .get("tasks")
                        .valueStream()
                        .map(t -> t.get("status").asString()))
                .containsOnly("COMPLETED");
        assertThat(allowed("city-operator", "/v1/incidents/" + incident)).contains("reopen", "notes");
        assertThat(kinds(incident))
                .containsSubsequence(
                        "OPENED",
                        "DISPATCHED",
                        "ACKNOWLEDGED",
                        "STARTED",
                        "ARRIVED",
                        "REPORTED_BACK",
                        "RESOLVED",
                        "VERIFIED",
                        "CLOSED");
    }

    @ParameterizedTest
    @CsvSource({"8, city.manhole-cover", "88, city.litter", "888, city.parking"})
    void a_phone_that_sends_its_whole_queue_three_times_in_any_grouping_ends_in_the_same_state(long seed, String type)
            throws Exception {
        Random random = new Random(seed);
        String keys = UUID.randomUUID().toString();
        Place place = city.listGrids().getFirst();
        String incident = open(type, UUID.randomUUID(), place, 5L);
        String task = ownTask(incident, place);
        List<String> queue = List.of(
                queued(task, "acknowledge", keys + "-1", "\"ifMatch\": \"\\\"1\\\"\"", "{}"),
                queued(task, "start", keys + "-2", "\"afterKey\": \"" + keys + "-1\"", "{}"),
                queued(task, "arrive", keys + "-3", "\"afterKey\": \"" + keys + "-2\"", """
                        {"location": {"longitude": %s, "latitude": %s, "datum": "WGS84"}}
                        """.formatted(
                                place.longitude(), place.latitude())),
                queued(task, "report-back", keys + "-4", "\"afterKey\": \"" + keys + "-3\"", "{\"text\": \"done\"}"));

        for (int time = 0; time < 3; time++) {
            for (int from = 0; from < queue.size(); ) {
                int to = from + 1 + random.nextInt(queue.size() - from);
                JsonNode results = json(post(
                                "grid-worker",
                                "/v1/commands/batch",
                                "{\"commands\": [" + String.join(", ", queue.subList(from, to)) + "]}"))
                        .get("results");
                assertThat(results.valueStream()
                                .map(result -> result.get("status").asInt()))
                        .as("%s", results)
                        .hasSize(to - from)
                        .containsOnly(200);
                from = to;
            }
        }

        assertThat(kinds(incident))
                .filteredOn(List.of("ACKNOWLEDGED", "STARTED", "ARRIVED", "REPORTED_BACK")::contains)
                .containsExactly("ACKNOWLEDGED", "STARTED", "ARRIVED", "REPORTED_BACK");
        JsonNode refused = json(post(
                        "grid-worker",
                        "/v1/commands/batch",
                        "{\"commands\": [" + queued(task, "start", keys + "-5", "\"afterKey\": \"no-such\"", "{}")
                                + ", "
                                + queued(task, "start", keys + "-6", "\"ifMatch\": \"\\\"1\\\"\"", "{}") + ", "
                                + "{\"path\": \"/v1/tasks\"}]}"))
                .get("results");
        assertThat(refused.valueStream().map(result -> result.at("/body/reason").asString()))
                .containsExactly("PREVIOUS_NOT_DONE", "STALE_VERSION", "BAD_BODY");
    }

    private String ownTask(String incident, Place place) throws Exception {
        return incident(incident)
                .get("tasks")
                .valueStream()
                .filter(task -> task.at("/unit/code").asString().equals(place.gridCode()))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    private static String queued(String task, String command, String key, String version, String body) {
        return "{\"path\": \"/v1/tasks/%s/%s\", \"idempotencyKey\": \"%s\", %s, \"body\": %s}"
                .formatted(task, command, key, version, body);
    }

    private List<String> allowed(String account, String path) throws Exception {
        return json(get(account, path))
                .get("allowed")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private void move(String account, String on, String id, String command, String body) throws Exception {
        HttpResponse<String> answer =
                send(account, on, id, command, UUID.randomUUID().toString(), body);
        assertThat(answer.statusCode()).as(command + ": " + answer.body()).isEqualTo(200);
    }

    /** Decided on what it is now. */
    private HttpResponse<String> send(String account, String on, String id, String command, String key, String body)
            throws Exception {
        String now = get(account, "/v1/" + on + "/" + id)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        return http.send(
                request(account, "/v1/" + on + "/" + id + "/" + command)
                        .header("Idempotency-Key", key)
                        .header("If-Match", now)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String account, String path, String body) throws Exception {
        return http.send(
                request(account, path)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String account, String path) throws Exception {
        return http.send(request(account, path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String account, String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(RunningCity.ports().api()) + path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer " + FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), account));
    }

    private String open(String type, UUID id, Place place, long people) throws Exception {
        String report = MessageJson.MAPPER.writeValueAsString(new Report(
                id,
                new Report.Source(SourceKind.SENSOR, "demo-gateway", "gauge-7"),
                type,
                Instant.now().minusSeconds(5),
                new Report.Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                people,
                null,
                null,
                null,
                null,
                null));
        assertThat(city.postBatchOfGateway(List.of(report)).get("accepted").asInt())
                .isEqualTo(1);
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> city.read("/v1/reports/" + id).body(), body -> body.hasNonNull("incidentId"))
                .get("incidentId")
                .asString();
    }

    private JsonNode incident(String id) throws Exception {
        return city.read("/v1/incidents/" + id).body();
    }

    private String version(String id) throws Exception {
        return "\"" + incident(id).get("version").asInt() + "\"";
    }

    private List<String> kinds(String id) throws Exception {
        return city.read("/v1/incidents/" + id + "/timeline")
                .body()
                .get("items")
                .valueStream()
                .map(line -> line.get("kind").asString())
                .toList();
    }

    private HttpResponse<String> command(String id, String command, String key, String ifMatch, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request("city-operator", "/v1/incidents/" + id + "/" + command)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MessageJson.MAPPER.readTree(answer.body());
    }
}
