package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.MessageJson;

/**
 * {@code ./city-brain bench map}: the governance map at the size of a real city. Loads the demo city into a database of its own, and
 * measures what is done with it, the product and what it is compared with by turns in one run.
 */
public final class MapBench {

    /** The demo city that is loaded: where there is none of this name, none can be measured. */
    private static final String CITY = "full";

    private MapBench() {}

    /** {@code FOLDER [--quick]}: a folder that is deleted afterwards. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Path folder = Path.of(arguments[0]);
        boolean isQuick = arguments.length > 1 && arguments[1].equals("--quick");
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        try (BenchCity city = BenchCity.load(folder, CITY)) {
            Rounds rounds = isQuick ? Rounds.quick() : Rounds.full();
            Findings findings = new Findings();
            for (Measurement measurement : List.of(new MeasureLocate(rounds), new MeasureTiles())) {
                measurement.measure(city, findings);
            }
            findings.figure("machine", machine);
            findings.figure("city", CITY);
            findings.figure("cityLoadSeconds", city.loadSeconds());
            System.out.println(
                    MessageJson.MAPPER.writeValueAsString(new Result("map", findings.ratios(), findings.figures())));
        }
    }

    /** Something of the map that is measured. It prints what it found for people as it goes, and notes it for programs. */
    interface Measurement {
        void measure(BenchCity city, Findings findings);
    }

    /** What was found, for programs. */
    static final class Findings {

        private final Map<String, Double> ratios = new LinkedHashMap<>();
        private final Map<String, Object> figures = new LinkedHashMap<>();

        void ratio(String name, double value) {
            ratios.put(name, rounded(value));
        }

        void figure(String name, double value) {
            figures.put(name, rounded(value));
        }

        void figure(String name, long count) {
            figures.put(name, count);
        }

        void figure(String name, Object value) {
            figures.put(name, value);
        }

        Map<String, Double> ratios() {
            return ratios;
        }

        Map<String, Object> figures() {
            return figures;
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }

    private record Result(String bench, Map<String, Double> ratios, Map<String, Object> figures) {}
}
