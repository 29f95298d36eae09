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
 *
 * <p>The first {@value #TURNS_TO_WARM_UP} turns are shown for themselves: for two minutes the compiler of a JVM just started
 * takes what it can get of two cores, and that is not what a system that runs for weeks is like.
 */
public final class Flood {

    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int TURNS_TO_WARM_UP = 12;
    private static final int TURNS = 12;
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
            System.out.printf(
                    "A calm gateway posts %d reports a second; another, allowed %d, posts %d.%n",
                    CALM_PER_SECOND, FLOODERS_RATE, FLOODERS_RATE * TIMES);
            table("just started", turns(TURNS_TO_WARM_UP, calm, flooding));
            Waits waits = turns(TURNS, calm, flooding);
            table("warm", waits);
            print(waits);
        }
    }

    private static Waits turns(int turns, BenchGateway calm, BenchGateway flooding) throws InterruptedException {
        var waits = new Waits(new Latencies(), new Latencies(), new Latencies());
        for (int i = 0; i < turns; i++) {
            calm.post(CALM_PER_SECOND, TURN, waits.alone());
            Thread flooder = Thread.ofVirtual().start(() -> flooding.post(FLOODERS_RATE * TIMES, TURN, waits.flood()));
            calm.post(CALM_PER_SECOND, TURN, waits.flooded());
            flooder.join();
        }
        return waits;
    }

    private static void table(String state, Waits waits) {
        System.out.printf("%n%-34s %8s %8s %8s%n", state, "p50", "p99", "requests");
        row("the calm gateway alone", waits.alone());
        row("the calm gateway during the flood", waits.flooded());
        row("the flooding gateway", waits.flood());
    }

    private static void print(Waits waits) {
        System.out.printf(
                "%nthe calm gateway's answers: %s, during the flood: %s%n",
                waits.alone().statuses(), waits.flooded().statuses());
        System.out.printf("the flooding gateway's answers: %s%n", waits.flood().statuses());
        double ratio = waits.flooded().millis(0.99) / waits.alone().millis(0.99);
        System.out.printf(
                Locale.ROOT, "p99 during the flood is %.2f times that of the calm (goal: at most 2)%n", ratio);
        System.out.println(MessageJson.MAPPER.writeValueAsString(
                new Result("flood", new Ratios(rounded(ratio)), Figures.of(waits))));
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

    /** Of the calm gateway while the other is silent and while it floods, and of the flooding one. */
    private record Waits(Latencies alone, Latencies flooded, Latencies flood) {}

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

        static Figures of(Waits waits) {
            return new Figures(
                    rounded(waits.alone().millis(0.5)),
                    rounded(waits.alone().millis(0.99)),
                    rounded(waits.flooded().millis(0.5)),
                    rounded(waits.flooded().millis(0.99)),
                    waits.alone().count() + waits.flooded().count(),
                    waits.flood().count(),
                    waits.flood().statuses().getOrDefault(202, 0),
                    List.copyOf(waits.flood().statuses().keySet()));
        }
    }
}
