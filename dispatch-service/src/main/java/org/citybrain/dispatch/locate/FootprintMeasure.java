package org.citybrain.dispatch.locate;

import java.util.List;

/**
 * What a footprint covers.
 *
 * @param areaSquareKilometers on the ellipsoid
 * @param people living under it: each grid's population by the share of the grid that is covered
 * @param grids touched, lowest code first
 * @param keyPlaces inside it
 */
public record FootprintMeasure(
        double areaSquareKilometers, long people, List<TouchedGrid> grids, List<KeyPlace> keyPlaces) {

    public FootprintMeasure {
        grids = List.copyOf(grids);
        keyPlaces = List.copyOf(keyPlaces);
    }

    /**
     * @param shareOfFootprint 0 to 1
     * @param shareOfGrid 0 to 1
     * @param people living in the part of the grid that is covered
     */
    public record TouchedGrid(String code, double shareOfFootprint, double shareOfGrid, double people) {

        /** Whether this is more than a sliver, of the footprint or of the grid. */
        public boolean isMaterial(double sliverShare) {
            return shareOfFootprint >= sliverShare || shareOfGrid >= sliverShare;
        }
    }
}
