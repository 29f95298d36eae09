package org.citybrain.api.overview;

import java.time.Instant;
import java.util.List;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * How much happened where.
 *
 * @param since incidents opened from this moment on
 * @param units those in which something happened, by code
 */
public record HeatMap(Tier tier, Instant since, Instant asOf, List<Spot> units) {

    public HeatMap {
        units = List.copyOf(units);
    }

    /**
     * One unit. An incident counts once, where it lies.
     *
     * @param name null where the map does not know the unit now
     * @param incidents but for those that were false or became part of another
     * @param open how many of them are open
     * @param overdue how many of the open ones have a task that nobody has acknowledged or completed by its deadline
     * @param centre the unit's representative point, WGS-84; null where the map does not know the unit now
     */
    public record Spot(
            String code,
            @Nullable String name,
            long incidents,
            long open,
            long overdue,
            long peopleAffected,
            @Nullable Position centre) {}
}
