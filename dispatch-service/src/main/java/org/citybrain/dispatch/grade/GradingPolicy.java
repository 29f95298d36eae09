package org.citybrain.dispatch.grade;

import java.util.List;
import java.util.Map;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/** The grading table: for each category and axis the lower bounds, inclusive, of levels I to III; below III is IV. */
public record GradingPolicy(
        List<AxisRow> axes, KeyPlaceRule keyPlace, UncorroboratedRule uncorroborated, ScopeRule scope) {

    public GradingPolicy {
        axes = List.copyOf(axes);
    }

    /**
     * One row of the table.
     *
     * @param category absent: any category
     * @param types codes, or prefixes as {@code pollution.*}; absent: the category's general row. A row for a special type
     *     replaces the general row on its axis
     * @param unit what the thresholds count
     */
    public record AxisRow(
            @Nullable IncidentCategory category,
            @Nullable List<String> types,
            Axis axis,
            String unit,
            Map<Level, Double> thresholds,
            String source) {

        public AxisRow {
            types = types == null ? null : List.copyOf(types);
            thresholds = Map.copyOf(thresholds);
        }

        boolean isFor(String type) {
            return types != null && types.stream().anyMatch(pattern -> TypePattern.matches(pattern, type));
        }
    }

    public record KeyPlaceRule(int raisesByLevels, String source) {}

    /** @param opensAt where one unverified source alone would give more, the incident waits at this level */
    public record UncorroboratedRule(Level opensAt, String source) {}

    /** @param moreThanOneStreet the scope of a matter that touches more than one street */
    public record ScopeRule(HandlingScope moreThanOneStreet, String source) {}

    /** The row for this type and axis, the special one before the general one; null where the axis does not count. */
    @Nullable
    AxisRow row(Axis axis, String type, IncidentCategory category) {
        AxisRow general = null;
        for (AxisRow row : axes) {
            if (row.axis() != axis || (row.category() != null && row.category() != category)) {
                continue;
            }
            if (row.isFor(type)) {
                return row;
            }
            if (row.types() == null) {
                general = row;
            }
        }
        return general;
    }
}
