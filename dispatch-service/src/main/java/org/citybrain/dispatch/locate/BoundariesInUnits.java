package org.citybrain.dispatch.locate;

/**
 * Boundaries whose vertices all lie on whole 1e-7 degrees. A place is rounded down to such numbers once, so that nearly all edges are
 * passed over by comparing whole numbers; only where the place lies within an edge's own rectangle is the side computed.
 *
 * <p>A ring is the number of its vertices, {@code ~} of it for a hole; then all their latitudes; then all their longitudes.
 */
final class BoundariesInUnits extends Boundaries {

    private static final double PER_DEGREE = 1e7;

    private final int[] units;

    BoundariesInUnits(int[] starts, int[] units) {
        super(starts);
        this.units = units;
    }

    /** Whether each coordinate is exactly the double that a whole number of units stands for. */
    static boolean canHold(Rings rings) {
        for (int i = 0; i < rings.vertices(); i++) {
            if (!isWhole(rings.longitudes[i]) || !isWhole(rings.latitudes[i])) {
                return false;
            }
        }
        return true;
    }

    static void append(Rings rings, IntList units) {
        for (int ring = 0; ring < rings.count(); ring++) {
            int count = rings.end(ring) - rings.start(ring);
            units.add(rings.isHole(ring) ? ~count : count);
            for (int i = rings.start(ring); i < rings.end(ring); i++) {
                units.add((int) Math.round(rings.latitudes[i] * PER_DEGREE));
            }
            for (int i = rings.start(ring); i < rings.end(ring); i++) {
                units.add((int) Math.round(rings.longitudes[i] * PER_DEGREE));
            }
        }
    }

    @Override
    void copy(int unit, Rings into) {
        into.clear();
        for (int at = starts[unit]; at < starts[unit + 1]; ) {
            int count = units[at] < 0 ? ~units[at] : units[at];
            for (int y = at + 1; y <= at + count; y++) {
                into.addVertex(units[y + count] / PER_DEGREE, units[y] / PER_DEGREE);
            }
            into.endRing(units[at] < 0);
            at += 1 + 2 * count;
        }
    }

    @Override
    long bytes() {
        return 4L * starts.length + 4L * units.length;
    }

    @Override
    int firstCovering(int[] candidates, int from, int to, double longitude, double latitude) {
        int x = floor(longitude);
        int y = floor(latitude);
        boolean onX = x / PER_DEGREE == longitude;
        boolean onY = y / PER_DEGREE == latitude;
        for (int i = from; i < to; i++) {
            if (covers(candidates[i], longitude, latitude, x, y, onX, onY)) {
                return candidates[i];
            }
        }
        return -1;
    }

    /**
     * @param x the largest whole number of units that is not above the longitude
     * @param onX whether it is the longitude
     */
    private boolean covers(int unit, double longitude, double latitude, int x, int y, boolean onX, boolean onY) {
        boolean insideShell = false;
        boolean insideHole = false;
        for (int at = starts[unit]; at < starts[unit + 1]; ) {
            boolean isHole = units[at] < 0;
            int count = isHole ? ~units[at] : units[at];
            int winding = 0;
            int y1 = units[at + 1];
            for (int i = at + 2; i <= at + count; i++) {
                int y2 = units[i];
                if ((y1 > y) == (y2 > y)) {
                    // Not crossed by the parallel, but it may lie or end on it.
                    if (onY && (y1 == y || y2 == y) && isOnFlatEdgeOrEnd(i, count, x, y, onX)) {
                        return true;
                    }
                } else {
                    int x1 = units[i - 1 + count];
                    int x2 = units[i + count];
                    if (x1 > x && x2 > x) {
                        winding += y2 > y ? 1 : -1;
                    } else if (!isWestOf(x1, x, onX) || !isWestOf(x2, x, onX)) {
                        double side = side(
                                x1 / PER_DEGREE,
                                y1 / PER_DEGREE,
                                x2 / PER_DEGREE,
                                y2 / PER_DEGREE,
                                longitude,
                                latitude);
                        if (side == 0) {
                            return true;
                        }
                        if (y2 > y && side > 0) {
                            winding++;
                        } else if (y2 <= y && side < 0) {
                            winding--;
                        }
                    }
                }
                y1 = y2;
            }
            if (isHole) {
                insideHole |= winding != 0;
            } else {
                if (insideShell && !insideHole) {
                    return true;
                }
                insideShell = winding != 0;
                insideHole = false;
            }
            at += 1 + 2 * count;
        }
        return insideShell && !insideHole;
    }

    private static boolean isWestOf(int vertex, int x, boolean onX) {
        return vertex < x || (vertex == x && !onX);
    }

    /** Whether the place, which lies on a whole parallel, is on the edge that ends with this vertex: all of it flat, or one end. */
    private boolean isOnFlatEdgeOrEnd(int end, int count, int x, int y, boolean onX) {
        int x1 = units[end - 1 + count];
        int x2 = units[end + count];
        if (units[end - 1] == units[end]) {
            int east = Math.max(x1, x2);
            return Math.min(x1, x2) <= x && (east > x || (east == x && onX));
        }
        return onX && (units[end] == y ? x2 == x : x1 == x);
    }

    private static boolean isWhole(double degrees) {
        long whole = Math.round(degrees * PER_DEGREE);
        return Math.abs(whole) < Integer.MAX_VALUE && whole / PER_DEGREE == degrees;
    }

    /** The largest whole number of units that, as degrees, is not above these. */
    private static int floor(double degrees) {
        int whole = (int) Math.floor(degrees * PER_DEGREE);
        while (whole / PER_DEGREE > degrees) {
            whole--;
        }
        while ((whole + 1) / PER_DEGREE <= degrees) {
            whole++;
        }
        return whole;
    }
}
