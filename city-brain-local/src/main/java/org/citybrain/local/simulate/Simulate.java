package org.citybrain.local.simulate;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.citybrain.local.LocalPorts;
import tools.jackson.databind.JsonNode;

/** {@code ./city-brain simulate rainstorm}: posts a storm to the running system and prints what came of it. */
public final class Simulate {

    private static final int BATCH = 100;

    private Simulate() {}

    /** Options: {@code rainstorm --folder F --port-base N [--reports N] [--seed S]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        StormOptions options;
        try {
            options = StormOptions.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("City Brain: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        try (var city = new CityClient(new LocalPorts(options.portBase()), options.folder())) {
            run(city, options);
        }
    }

    private static void run(CityClient city, StormOptions options) throws IOException, InterruptedException {
        List<Place> places = city.listGrids();
        if (places.isEmpty()) {
            System.err.println("City Brain: the map is empty: start with --city small");
            System.exit(1);
        }
        var storm = new Rainstorm(options.seed(), Instant.now(), places, options.reports());
        List<String> reports = storm.report(options.reports());
        System.out.printf(
                "A rainstorm over %,d grids: %,d reports, seed %d%n", places.size(), reports.size(), options.seed());

        JsonNode before = city.readLedger();
        long began = System.nanoTime();
        var sent = new ArrayList<SentBatch>();
        for (int from = 0; from < reports.size(); from += BATCH) {
            List<String> batch = reports.subList(from, Math.min(from + BATCH, reports.size()));
            List<String> ofSensors = batch.stream().filter(Simulate::isOfSensor).toList();
            List<String> ofWorkers =
                    batch.stream().filter(report -> !isOfSensor(report)).toList();
            if (!ofSensors.isEmpty()) {
                sent.add(new SentBatch(ofSensors, Instant.now(), city.postBatchOfGateway(ofSensors)));
            }
            if (!ofWorkers.isEmpty()) {
                sent.add(new SentBatch(ofWorkers, Instant.now(), city.postBatch(ofWorkers)));
            }
        }
        double posting = seconds(began);
        JsonNode after = awaitNothingWaiting(city);
        print(sent, before, after, posting, seconds(began));
        OpenedIncidents.read(city, sent).print();
    }

    /** Who sends decides what they may say: a gateway its sensors' reports, a worker the worker's own. */
    private static boolean isOfSensor(String report) {
        return report.contains("\"kind\":\"SENSOR\"");
    }

    private static JsonNode awaitNothingWaiting(CityClient city) throws IOException, InterruptedException {
        JsonNode totals = city.readLedger();
        while (totals.get("waiting").asLong() > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
            totals = city.readLedger();
        }
        return totals;
    }

    private static void print(List<SentBatch> sent, JsonNode before, JsonNode after, double posting, double settled) {
        Map<String, Integer> refusals = new TreeMap<>();
        sent.forEach(batch -> batch.answer()
                .get("rejected")
                .forEach(refusal -> refusals.merge(refusal.get("reason").asString(), 1, Integer::sum)));
        int accepted = sent.stream()
                .mapToInt(batch -> batch.answer().get("accepted").asInt())
                .sum();
        System.out.printf("%nposted in %.1f s, all settled after %.1f s%n", posting, settled);
        line("accepted", accepted);
        line("refused", refusals.values().stream().mapToInt(count -> count).sum());
        refusals.forEach((reason, count) -> line("  " + reason, count));
        for (String outcome : List.of("opened", "merged", "duplicates", "parked")) {
            line(outcome, after.get(outcome).asLong() - before.get(outcome).asLong());
        }
        System.out.printf(
                "the ledger %s%n",
                after.get("balanced").asBoolean() ? "adds up" : "does not add up yet: see GET /v1/ledger");
    }

    static void line(String name, long count) {
        System.out.printf("  %-24s %,7d%n", name, count);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
