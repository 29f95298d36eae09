package org.citybrain.local.simulate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/**
 * The incidents that a storm opened.
 *
 * @param byGrade how many of each level, and of each scope where they are everyday matters
 * @param delays from the moment a report was sent until its incident stood in the timeline, sorted
 */
record OpenedIncidents(Map<String, Integer> byGrade, List<Duration> delays) {

    OpenedIncidents {
        byGrade = Map.copyOf(byGrade);
        delays = List.copyOf(delays);
    }

    static OpenedIncidents read(CityClient city, List<SentBatch> sent) throws IOException, InterruptedException {
        Map<String, Instant> sentAt = new HashMap<>();
        for (SentBatch batch : sent) {
            for (String report : batch.reports()) {
                sentAt.putIfAbsent(
                        MessageJson.MAPPER.readTree(report).get("reportId").asString(), batch.sentAt());
            }
        }
        Map<String, Integer> byGrade = new HashMap<>();
        List<Duration> delays = new ArrayList<>();
        for (Map.Entry<String, Instant> report : sentAt.entrySet()) {
            JsonNode state = city.read("/v1/reports/" + report.getKey()).body();
            if (state.path("status").asString("").equals("OPENED")) {
                String incident = "/v1/incidents/" + state.get("incidentId").asString();
                JsonNode grade = city.read(incident).body().get("grade");
                byGrade.merge(name(grade), 1, Integer::sum);
                JsonNode first =
                        city.read(incident + "/timeline").body().get("items").get(0);
                delays.add(Duration.between(
                        report.getValue(), Instant.parse(first.get("recordedAt").asString())));
            }
        }
        return new OpenedIncidents(byGrade, delays.stream().sorted().toList());
    }

    void print() {
        System.out.println("incidents opened, as they are graded now");
        new TreeMap<>(byGrade).forEach(Simulate::line);
        if (!delays.isEmpty()) {
            System.out.printf(
                    "from sending a report to its incident: median %d ms, slowest %d ms%n",
                    delays.get(delays.size() / 2).toMillis(), delays.getLast().toMillis());
        }
    }

    private static String name(JsonNode grade) {
        String level = grade.path("level").asString("");
        return level.isEmpty() ? "everyday, " + grade.path("scope").asString("") : "level " + level;
    }
}
