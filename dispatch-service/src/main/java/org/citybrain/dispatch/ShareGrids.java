package org.citybrain.dispatch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.citybrain.dispatch.locate.FootprintMeasure;
import org.citybrain.dispatch.locate.FootprintMeasure.TouchedGrid;
import org.citybrain.dispatch.store.GridShare;
import org.jspecify.annotations.Nullable;

/** Shares an incident out among the grids that it lies in: each share adds up to 1 over all of them (domain, section 6). */
final class ShareGrids {

    private ShareGrids() {}

    /**
     * @param grids codes of the grids that are materially touched, at least one; slivers beside them have no share
     * @param footprint what all footprints joined cover; absent where there is none
     */
    static List<GridShare> share(List<String> grids, @Nullable FootprintMeasure footprint) {
        Map<String, TouchedGrid> covered = new HashMap<>();
        if (footprint != null) {
            footprint.grids().forEach(grid -> covered.put(grid.code(), grid));
        }
        double[] areas = parts(grids, covered, TouchedGrid::shareOfFootprint);
        if (sum(areas) <= 0) {
            Arrays.fill(areas, 1);
        }
        double[] people = parts(grids, covered, TouchedGrid::people);
        if (sum(people) <= 0) {
            people = areas;
        }
        double allArea = sum(areas);
        double allPeople = sum(people);
        GridShare[] shares = new GridShare[grids.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = new GridShare(grids.get(i), areas[i] / allArea, people[i] / allPeople);
        }
        return List.of(shares);
    }

    private static double[] parts(
            List<String> grids, Map<String, TouchedGrid> covered, ToDoubleFunction<TouchedGrid> part) {
        return grids.stream()
                .mapToDouble(code -> covered.containsKey(code) ? part.applyAsDouble(covered.get(code)) : 0)
                .toArray();
    }

    private static double sum(double[] parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }
}
