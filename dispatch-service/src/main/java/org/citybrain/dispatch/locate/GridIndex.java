package org.citybrain.dispatch.locate;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Tells which of many polygons a place belongs to, in memory, in well under a microsecond. They are known by the numbers in which they
 * were added, and a place on a shared edge belongs to the lowest: whoever adds them in the order of their codes gets the lowest code.
 */
public final class GridIndex {

    private final Boundaries boundaries;
    private final CandidateRaster raster;

    private GridIndex(Boundaries boundaries) {
        this.boundaries = boundaries;
        this.raster = RasteriseBoundaries.rasterise(boundaries);
    }

    public int size() {
        return boundaries.size();
    }

    /**
     * The polygon that a place belongs to, by its number; -1 where there is none.
     *
     * @param longitude in degrees, WGS-84
     * @param latitude in degrees, WGS-84
     */
    public int find(double longitude, double latitude) {
        return raster.find(longitude, latitude, boundaries);
    }

    /** What the index keeps in memory: vertices and raster. */
    public long bytes() {
        return boundaries.bytes() + raster.bytes();
    }

    /** The vertices' part of {@link #bytes()}. */
    public long bytesOfBoundaries() {
        return boundaries.bytes();
    }

    /** The numbers of those whose rectangles meet this one, ascending. */
    int[] list(Envelope envelope) {
        IntList near = new IntList(64);
        raster.collect(envelope, near);
        int[] found = near.sortedOnce();
        IntList meeting = new IntList(found.length);
        Rings rings = new Rings();
        for (int unit : found) {
            boundaries.copy(unit, rings);
            if (rings.envelope().intersects(envelope)) {
                meeting.add(unit);
            }
        }
        return meeting.toArray();
    }

    /** A polygon's boundary, WGS-84, made anew. */
    Geometry boundary(int number) {
        Rings rings = new Rings();
        boundaries.copy(number, rings);
        return rings.toGeometry();
    }

    /** Takes polygons one by one and keeps their numbers only, so that they can be read in a stream. */
    public static final class Builder {

        private final Boundaries.Builder boundaries = new Boundaries.Builder();

        /** @param boundary polygons in WGS-84 */
        public Builder add(Geometry boundary) {
            boundaries.add(boundary);
            return this;
        }

        public GridIndex build() {
            return new GridIndex(boundaries.build());
        }
    }
}
