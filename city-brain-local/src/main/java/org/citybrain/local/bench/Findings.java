package org.citybrain.local.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citybrain.messages.MessageJson;

/** What a benchmark found, for programs: its last line. */
final class Findings {

    private static final double DIGITS = 1_000;

    private final String bench;
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    Findings(String bench) {
        this.bench = bench;
    }

    /** What has a goal: the product against its limit in the same run. */
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

    void print() {
        System.out.println(MessageJson.MAPPER.writeValueAsString(new Result(bench, ratios, figures)));
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    private record Result(String bench, Map<String, Double> ratios, Map<String, Object> figures) {}
}
