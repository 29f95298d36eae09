package org.citybrain.api.overview;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * How a unit does. What {@code open} tells is of the moment of the answer, the figures are of the span.
 *
 * @param from the first moment of the span
 * @param to the first moment after it
 * @param asOf when it was counted
 * @param units the units directly below, each with what lies in it or was dispatched to it: an incident on a border counts in both, so
 *     they may add up to more than the whole
 * @param periods the hours or days of the span, the first one first; days are the city's own (Asia/Shanghai)
 */
public record Overview(
        GovernanceUnit unit,
        Instant from,
        Instant to,
        Instant asOf,
        Open open,
        Figures figures,
        List<UnitFigures> units,
        List<PeriodFigures> periods) {

    public Overview {
        units = List.copyOf(units);
        periods = List.copyOf(periods);
    }

    /**
     * Incidents that are open.
     *
     * @param byLevel of everyday matters none
     * @param byScope everyday matters only
     * @param byCommandingTier how high their command stands
     * @param oldestOpenedAt when the one that has been open longest was opened; null where none is open
     */
    @Schema(name = "OpenIncidents")
    public record Open(
            long count,
            Map<Level, Long> byLevel,
            Map<HandlingScope, Long> byScope,
            Map<Tier, Long> byCommandingTier,
            @Nullable Instant oldestOpenedAt) {

        public Open {
            byLevel = Map.copyOf(byLevel);
            byScope = Map.copyOf(byScope);
            byCommandingTier = Map.copyOf(byCommandingTier);
        }
    }

    /** One of the units below. */
    public record UnitFigures(
            GovernanceUnit unit, long open, @Nullable Instant oldestOpenedAt, Figures figures) {}

    /** One hour or day. */
    public record PeriodFigures(Instant from, Instant to, Figures figures) {}
}
