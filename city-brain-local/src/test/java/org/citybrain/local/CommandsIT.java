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
        String waiting = open(here, grids.getFirst(), 640L);
        String other = open(there, grids.getLast(), 5L);
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

    private String open(UUID id, Place place, long people) throws Exception {
        String report = MessageJson.MAPPER.writeValueAsString(new Report(
                id,
                new Report.Source(SourceKind.SENSOR, "demo-gateway", "gauge-7"),
                "flood.river-level",
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
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(RunningCity.ports().api()) + "/v1/incidents/" + id + "/" + command))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header(
                        "Authorization",
                        "Bearer " + FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), "city-operator"))
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
