package org.citybrain.dispatch.locate;

import java.util.Optional;
import org.citybrain.dispatch.consume.ConsumedReport;

/** Finds the grid that a report lies in, and its footprint. No network, no database: the map is in memory. */
public final class LocateReports {

    private LocateReports() {}

    /**
     * @return empty where the place lies in no grid of the map
     * @throws IllegalArgumentException if the footprint is no polygon
     */
    public static Optional<LocatedReport> locate(ConsumedReport consumed, GovernanceMap map) {
        return map.findGrid(consumed.get().position())
                .map(grid -> new LocatedReport(consumed, grid, Footprints.of(consumed.get())));
    }
}
