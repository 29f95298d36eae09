package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.citybrain.messages.ReportReceived;

/** {@code ./city-brain simulate month}: a made-up month of the whole loop in a database of its own. */
public final class SimulateMonth {

    /** Midnight in the city, after the demo city's map and the first policies have come into force. */
    private static final Instant BEGIN = Instant.parse("2027-02-28T16:00:00Z");

    private static final Duration STEP = Duration.ofMinutes(5);

    private SimulateMonth() {}

    /** {@code FOLDER [--days N] [--incidents N] [--seed S]}: a folder that is deleted afterwards. */
    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        MonthOptions options;
        try {
            options = MonthOptions.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("City Brain: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        System.out.printf(
                "%d days with %,d matters each, seed %d%n", options.days(), options.incidents(), options.seed());
        MonthResult result = simulate(options, System.out::println);
        System.out.print(result.table());
        System.exit(result.isSound() ? 0 : 1);
    }

    /** Lives through the days and two weeks more, and counts. */
    public static MonthResult simulate(MonthOptions options, Consumer<String> progress) throws InterruptedException {
        try (SimulatedCity city = SimulatedCity.start(options.folder(), BEGIN)) {
            MonthQueries queries = new MonthQueries(city.source());
            LiveThrough live = new LiveThrough(city, queries, options.seed());
            Happenings happenings = new Happenings(options.seed(), queries.places(BEGIN));
            List<List<ReportReceived>> days = new ArrayList<>();
            for (int day = 0; day < options.days(); day++) {
                days.add(happenings.day(BEGIN.plus(Duration.ofDays(day)), options.incidents()));
            }
            Instant began = Instant.now();
            live.live(BEGIN, days, STEP, progress);
            return CountMonth.count(
                    queries, live, city.api().scores(BEGIN, city.now()), Duration.between(began, Instant.now()));
        }
    }
}
