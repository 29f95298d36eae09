package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;

/**
 * {@code ./city-brain bench flood}: one gateway posts at twenty times its rate while another posts calmly. How much longer
 * does the calm one wait? Both states are measured in the same run, in turns, so that what else the machine does falls on
 * both.
 */
public final class Flood {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration TURN = Duration.ofSeconds(15);
    private static final int TURNS = 3;
    private static final int CALM_PER_SECOND = 40;
    private static final int FLOODERS_RATE = 20;
    private static final int TIMES = 20;

    private Flood() {}

    /** {@code FOLDER PORT_BASE} of a system that is up. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        var ports = new LocalPorts(Integer.parseInt(arguments[1]));
        Place place;
        try (var city = new CityClient(ports, folder)) {
            place = city.listGrids().getFirst();
        }
        try (var calm = BenchGateway.register(folder, ports, "bench-calm", 1_000, place);
                var flooding = BenchGateway.register(folder, ports, "bench-flood", FLOODERS_RATE, place)) {
            var alone = new Latencies();
            var flooded = new Latencies();
            var flood = new Latencies();
            System.out.printf(
                    "A calm gateway posts %d reports a second; another, allowed %d, posts %d.%n",
                    CALM_PER_SECOND, FLOODERS_RATE, FLOODERS_RATE * TIMES);
            turn(calm, new Latencies(), flooding, new Latencies(), WARM_UP);
            for (int i = 0; i < TURNS; i++) {
                calm.post(CALM_PER_SECOND, TURN, alone);
                turn(calm, flooded, flooding, flood, TURN);
            }
            print(alone, flooded, flood);
        }
    }

    private static void turn(
            BenchGateway calm, Latencies ofCalm, BenchGateway flooding, Latencies ofFlood, Duration duration)
            throws InterruptedException {
        Thread flooder = Thread.ofVirtual().start(() -> flooding.post(FLOODERS_RATE * TIMES, duration, ofFlood));
        calm.post(CALM_PER_SECOND, duration, ofCalm);
        flooder.join();
    }

    private static void print(Latencies alone, Latencies flooded, Latencies flood) {
        System.out.printf("%n%-34s %8s %8s %8s%n", "", "p50", "p99", "requests");
        row("the calm gateway alone", alone);
        row("the calm gateway during the flood", flooded);
        row("the flooding gateway", flood);
        System.out.printf(
                "%nthe calm gateway's answers: %s, during the flood: %s%n", alone.statuses(), flooded.statuses());
        System.out.printf("the flooding gateway's answers: %s%n", flood.statuses());
        double ratio = flooded.millis(0.99) / alone.millis(0.99);
        System.out.printf(
                Locale.ROOT, "p99 during the flood is %.2f times that of the calm (goal: at most 2)%n", ratio);
        System.out.println(MessageJson.MAPPER.writeValueAsString(
                new Result("flood", new Ratios(rounded(ratio)), Figures.of(alone, flooded, flood))));
    }

    private static void row(String name, Latencies latencies) {
        System.out.printf(
                Locale.ROOT,
                "%-34s %5.1f ms %5.1f ms %8d%n",
                name,
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.count());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private record Result(String bench, Ratios ratios, Figures figures) {}

    private record Ratios(double calmP99FloodedToAlone) {}

    /** Milliseconds, but for the counts. */
    private record Figures(
            double aloneP50,
            double aloneP99,
            double floodedP50,
            double floodedP99,
            long calmRequests,
            long floodRequests,
            long floodAccepted,
            List<Integer> floodStatuses) {

        static Figures of(Latencies alone, Latencies flooded, Latencies flood) {
            return new Figures(
                    rounded(alone.millis(0.5)),
                    rounded(alone.millis(0.99)),
                    rounded(flooded.millis(0.5)),
                    rounded(flooded.millis(0.99)),
                    alone.count() + flooded.count(),
                    flood.count(),
                    flood.statuses().getOrDefault(202, 0),
                    List.copyOf(flood.statuses().keySet()));
        }
    }
}
