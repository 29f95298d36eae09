package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.CityClient.Answer;
import org.citybrain.local.simulate.Place;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One report from the gate to the tasks: HTTP in, Kafka, PostGIS, HTTP out, nothing stands in for anything. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class JourneyIT {

    private final CityClient city = RunningCity.client();

    @Test
    void a_flooded_street_with_640_people_becomes_a_level_two_incident_with_a_task_on_every_tier() throws Exception {
        Place place = city.listGrids().getFirst();
        UUID id = UUID.randomUUID();
        String report =
                ReportLines.byWorker(id, "flood.waterlogging", place, 640L).toString();

        Answer taken = city.post(report);

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.body().get("reportId").asString()).isEqualTo(id.toString());
        JsonNode state = awaitSettled(taken);
        assertThat(state.get("status").asString()).isEqualTo("OPENED");

        String incidentPath = "/v1/incidents/" + state.get("incidentId").asString();
        JsonNode incident = read(incidentPath);
        assertThat(incident.get("type").asString()).isEqualTo("flood.waterlogging");
        assertThat(incident.at("/grade/level").asString()).isEqualTo("II");
        assertThat(incident.at("/commandingUnit/tier").asString()).isEqualTo("CITY");
        assertThat(texts(incident.get("chain"), "tier"))
                .containsExactly("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID");
        assertThat(incident.at("/chain/4/code").asString()).isEqualTo(place.gridCode());
        assertThat(texts(incident.get("tasks"), "tier")).contains("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID");
        assertThat(incident.at("/grade/axes")).anySatisfy(axis -> {
            assertThat(axis.get("value").asDouble()).isEqualTo(640);
            assertThat(axis.get("threshold").asDouble()).isEqualTo(500);
            assertThat(axis.get("basis").asString()).isEqualTo("REPORTED");
            assertThat(axis.get("level").asString()).isEqualTo("II");
            assertThat(axis.get("source").asString()).isNotBlank();
        });
        assertThat(texts(read(incidentPath + "/timeline").get("items"), "kind"))
                .startsWith("OPENED")
                .contains("GRADED", "DISPATCHED");
    }

    @Test
    void the_same_report_again_changes_nothing() throws Exception {
        UUID id = UUID.randomUUID();
        String report = ReportLines.byWorker(
                        id, "city.manhole-cover", city.listGrids().get(7), null)
                .toString();
        JsonNode first = awaitSettled(city.post(report));
        String incidentPath = "/v1/incidents/" + first.get("incidentId").asString();
        JsonNode incident = read(incidentPath);
        long duplicates = city.readLedger().get("duplicates").asLong();

        Answer again = city.post(report);
        assertThat(again.status()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> city.readLedger().get("duplicates").asLong() == duplicates + 1);
        assertThat(awaitSettled(again)).isEqualTo(first);
        assertThat(read(incidentPath)).isEqualTo(incident);
    }

    @Test
    void what_nobody_reported_is_not_found_and_what_is_wrong_is_a_problem_that_says_so() throws Exception {
        assertThat(city.read("/v1/reports/" + UUID.randomUUID()).status()).isEqualTo(404);

        var report = ReportLines.byWorker(
                UUID.randomUUID(), "flood.tsunami", city.listGrids().getFirst(), 3L);
        Answer refused = city.post(report.toString());

        assertThat(refused.status()).isBetween(400, 422);
        assertThat(refused.body().get("reason").asString()).isEqualTo("UNKNOWN_TYPE");
        assertThat(refused.body().get("detail").asString()).contains("flood.tsunami");
    }

    @Test
    void the_map_finds_the_chain_of_a_place() throws Exception {
        Place place = city.listGrids().getFirst();

        JsonNode located = city.readMap("/v1/locate?longitude=%s&latitude=%s&datum=WGS84"
                        .formatted(place.longitude(), place.latitude()))
                .body();

        assertThat(located.get("mapVersion").asLong()).isPositive();
        assertThat(located.at("/chain/4/code").asString()).isEqualTo(place.gridCode());
    }

    /** Asks where the gate said to ask: there a report is known from the first moment, as {@code RECEIVED}. */
    private JsonNode awaitSettled(Answer taken) {
        String statusUrl = taken.body().get("statusUrl").asString();
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> found(city.follow(statusUrl)),
                        state -> !state.get("status").asString().equals("RECEIVED"));
    }

    private JsonNode read(String path) throws Exception {
        return found(city.read(path));
    }

    private static JsonNode found(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get(field).asString())
                .toList();
    }
}
