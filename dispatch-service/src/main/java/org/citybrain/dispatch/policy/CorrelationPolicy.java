package org.citybrain.dispatch.policy;

import java.time.Duration;
import java.util.List;
import org.citybrain.dispatch.grade.TypePattern;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.jspecify.annotations.Nullable;

/**
 * Which reports belong together.
 *
 * @param goesTogether each list is one group of types that may be one incident; every other type is a group of its own
 * @param mergeableForDays an incident takes in reports for so long after it was opened
 * @param distances replace the distance and time that the item catalogue gives a type; absent: none
 */
public record CorrelationPolicy(
        List<List<String>> goesTogether,
        int mergeableForDays,
        @Nullable List<Distance> distances) {

    public CorrelationPolicy {
        goesTogether = goesTogether.stream().map(List::copyOf).toList();
        distances = distances == null ? null : List.copyOf(distances);
    }

    /**
     * How near is near, for some types.
     *
     * @param types codes, or prefixes as {@code fire.*}; the first row that names a type counts
     * @param meters from any place where the incident was seen
     * @param minutes before its first and after its last report
     * @param wandersMeters how far from where it was opened an incident may reach by a chain of reports, each near the one before; absent:
     *     only where it was opened counts
     */
    public record Distance(
            List<String> types,
            double meters,
            long minutes,
            @Nullable Double wandersMeters,
            String source) {

        public Distance {
            types = List.copyOf(types);
        }

        boolean isFor(String type) {
            return types.stream().anyMatch(pattern -> TypePattern.matches(pattern, type));
        }
    }

    /** What holds for a type. */
    public Nearness nearness(Item item) {
        List<Distance> rows = distances == null ? List.of() : distances;
        return rows.stream()
                .filter(row -> row.isFor(item.code()))
                .findFirst()
                .map(row -> new Nearness(
                        row.meters(),
                        Duration.ofMinutes(row.minutes()),
                        row.wandersMeters() == null ? 0 : row.wandersMeters()))
                .orElseGet(
                        () -> new Nearness(item.correlationMeters(), Duration.ofMinutes(item.correlationMinutes()), 0));
    }

    /** The name of the type's group: its first type. */
    public String groupOf(String type) {
        for (List<String> group : goesTogether) {
            if (group.contains(type)) {
                return group.getFirst();
            }
        }
        return type;
    }

    /**
     * @param meters a report belongs to an incident that was seen within this distance
     * @param window … and this time
     * @param wandersMeters 0: an incident of the type does not wander
     */
    public record Nearness(double meters, Duration window, double wandersMeters) {

        /** How far from where it was opened an incident of the type can be and still take a report in. */
        public double reachMeters() {
            return Math.max(meters, wandersMeters);
        }

        public boolean wanders() {
            return wandersMeters > 0;
        }
    }
}
