package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A batch of 1,000 with 50 bad ones of ten kinds, and whether every one of them is accounted for at both ends. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class LedgerIT {

    private static final int REPORTS = 1000;

    /** Ten ways to be wrong, each with the reason that it is refused for. */
    private static final Map<String, Consumer<ObjectNode>> MISTAKES = Map.of(
            "MISSING_VALUE", report -> report.remove("type"),
            "UNKNOWN_FIELD", report -> report.put("peopleAfected", 3),
            "IMPOSSIBLE_VALUE", report -> report.put("peopleAffected", -5),
            "UNKNOWN_TYPE", report -> report.put("type", "flood.tsunami"),
            "NOT_YOUR_SOURCE",
                    report -> report.putObject("source").put("kind", "SENSOR").put("id", "nobody-knows-me"),
            "BAD_DATUM", report -> location(report).put("datum", "TOKYO"),
            "OUTSIDE_CITY", report -> location(report).put("longitude", 116.39).put("latitude", 39.91),
            "TIME_IN_FUTURE",
                    report -> report.put(
                            "occurredAt",
                            Instant.now().plus(Duration.ofHours(3)).toString()),
            "TOO_LATE",
                    report -> report.put(
                            "occurredAt",
                            Instant.now().minus(Duration.ofDays(30)).toString()),
            "MALFORMED", report -> report.put("location", "at the corner"));

    private final CityClient city = RunningCity.client();

    @Test
    void of_a_thousand_reports_with_fifty_bad_ones_each_is_accounted_for_at_both_ends() throws Exception {
        JsonNode before = awaitNothingWaiting();
        Map<Integer, String> expected = new TreeMap<>();
        List<String> batch = batch(expected);

        JsonNode answer = city.postBatch(batch);

        assertThat(answer.get("accepted").asInt()).isEqualTo(950);
        Map<Integer, String> refused = new TreeMap<>();
        answer.get("rejected")
                .forEach(item -> refused.put(
                        item.get("index").asInt(), item.get("reason").asString()));
        assertThat(refused).isEqualTo(expected);
        answer.get("rejected").forEach(item -> {
            String id = MessageJson.MAPPER
                    .readTree(batch.get(item.get("index").asInt()))
                    .get("reportId")
                    .asString();
            assertThat(item.get("reportId").asString()).isEqualTo(id);
            assertThat(item.get("detail").asString()).isNotBlank();
        });

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode after = city.readLedger();
            assertThat(after.get("waiting").asLong()).isZero();
            assertThat(after.get("uncounted").asLong()).isZero();
            assertThat(after.get("difference").asLong()).isZero();
            assertThat(after.get("balanced").asBoolean()).isTrue();
            assertThat(grown("received", before, after)).isEqualTo(950);
            assertThat(grown("refused", before, after)).isEqualTo(50);
            assertThat(grown("rejected", before, after)).isEqualTo(50);
            assertThat(grown("opened", before, after) + grown("merged", before, after))
                    .isEqualTo(950);
        });
    }

    private List<String> batch(Map<Integer, String> expected) throws Exception {
        var random = new Random(7);
        List<Place> places = city.listGrids();
        var batch = new ArrayList<String>();
        List<String> kinds = MISTAKES.keySet().stream().sorted().toList();
        for (int i = 0; i < REPORTS; i++) {
            Place place = places.get(random.nextInt(places.size()));
            ObjectNode report = ReportLines.byWorker(UUID.randomUUID(), "traffic.collision", place, 2L);
            if (i % 20 == 11) {
                String reason = kinds.get(i / 20 % kinds.size());
                MISTAKES.get(reason).accept(report);
                expected.put(i, reason);
            }
            batch.add(report.toString());
        }
        assertThat(expected).hasSize(50);
        return batch;
    }

    private JsonNode awaitNothingWaiting() {
        return await().atMost(Duration.ofSeconds(60))
                .until(city::readLedger, totals -> totals.get("waiting").asLong() == 0);
    }

    private static long grown(String outcome, JsonNode before, JsonNode after) {
        return after.get(outcome).asLong() - before.get(outcome).asLong();
    }

    private static ObjectNode location(ObjectNode report) {
        return (ObjectNode) report.get("location");
    }
}
