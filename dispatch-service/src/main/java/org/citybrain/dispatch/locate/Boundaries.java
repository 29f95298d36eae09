package org.citybrain.dispatch.locate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The boundaries of many units, packed: all vertices in one array, as whole numbers of 1e-7 degrees (a centimetre) where every one of
 * them is such a number, else as doubles. No object is kept per unit.
 *
 * <p>Whether a boundary covers a place is decided with the arithmetic of PostGIS' {@code ST_Covers} of a polygon and a point: the
 * same doubles in the same order of operations. So the two agree even where rounding decides on which side of an edge a place lies.
 */
abstract sealed class Boundaries permits BoundariesInUnits, BoundariesInDegrees {

    /** Where each unit's vertices begin; one more entry than units. */
    final int[] starts;

    Boundaries(int[] starts) {
        this.starts = starts;
    }

    final int size() {
        return starts.length - 1;
    }

    /**
     * The first of these units that covers a place, its edge included; -1 where none does.
     *
     * @param units an array that holds their numbers from {@code from} on, up to but without {@code to}
     */
    abstract int firstCovering(int[] units, int from, int to, double longitude, double latitude);

    /** Gives a unit's boundary as it was added, to the last bit. */
    abstract void copy(int unit, Rings into);

    abstract long bytes();

    /**
     * On which side of an edge a place lies: positive on the left, 0 on the line. As PostGIS computes it, {@code determineSide} of
     * {@code lwgeom_functions_analytic.c}.
     */
    static double side(double x1, double y1, double x2, double y2, double x, double y) {
        return (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
    }

    /** Takes boundaries one after the other, and keeps nothing of them but the numbers. */
    static final class Builder {

        private final Rings rings = new Rings();
        private final IntList starts = new IntList(1024);
        private final IntList units = new IntList(1 << 14);
        /** From the first boundary on that is not in whole units. */
        private double @Nullable [] degrees;

        private int degreesCount;

        Builder() {
            starts.add(0);
        }

        /** @param boundary polygons in WGS-84 */
        void add(Geometry boundary) {
            rings.set(boundary);
            if (degrees == null && !BoundariesInUnits.canHold(rings)) {
                turnToDegrees();
                rings.set(boundary);
            }
            if (degrees == null) {
                BoundariesInUnits.append(rings, units);
                starts.add(units.size());
            } else {
                appendDegrees();
            }
        }

        Boundaries build() {
            return degrees == null
                    ? new BoundariesInUnits(starts.toArray(), units.toArray())
                    : new BoundariesInDegrees(starts.toArray(), Arrays.copyOf(degrees, degreesCount));
        }

        private void turnToDegrees() {
            Boundaries soFar = build();
            degrees = new double[Math.max(1 << 14, 2 * units.size())];
            units.clear();
            starts.clear();
            starts.add(0);
            for (int unit = 0; unit < soFar.size(); unit++) {
                soFar.copy(unit, rings);
                appendDegrees();
            }
        }

        private void appendDegrees() {
            int room = BoundariesInDegrees.roomFor(rings);
            if (degrees == null || degrees.length < degreesCount + room) {
                degrees = Arrays.copyOf(degrees == null ? new double[0] : degrees, 2 * (degreesCount + room));
            }
            BoundariesInDegrees.write(rings, degrees, degreesCount);
            degreesCount += room;
            starts.add(degreesCount);
        }
    }
}
