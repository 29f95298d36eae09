package org.citybrain.dispatch.locate;

/**
 * Boundaries of any precision, such as an import may bring: twice the memory, the same answers.
 *
 * <p>A ring is the number of its vertices, below 0 for a hole; then longitude and latitude of each.
 */
final class BoundariesInDegrees extends Boundaries {

    private final double[] degrees;

    BoundariesInDegrees(int[] starts, double[] degrees) {
        super(starts);
        this.degrees = degrees;
    }

    static int roomFor(Rings rings) {
        return rings.count() + 2 * rings.vertices();
    }

    static void write(Rings rings, double[] degrees, int place) {
        int next = place;
        for (int ring = 0; ring < rings.count(); ring++) {
            int count = rings.end(ring) - rings.start(ring);
            degrees[next++] = rings.isHole(ring) ? -count : count;
            for (int i = rings.start(ring); i < rings.end(ring); i++) {
                degrees[next++] = rings.longitudes[i];
                degrees[next++] = rings.latitudes[i];
            }
        }
    }

    @Override
    void copy(int unit, Rings into) {
        into.clear();
        for (int at = starts[unit]; at < starts[unit + 1]; ) {
            int end = end(at);
            for (int i = at + 1; i < end; i += 2) {
                into.addVertex(degrees[i], degrees[i + 1]);
            }
            into.endRing(degrees[at] < 0);
            at = end;
        }
    }

    @Override
    long bytes() {
        return 4L * starts.length + 8L * degrees.length;
    }

    @Override
    int firstCovering(int[] units, int from, int to, double longitude, double latitude) {
        for (int i = from; i < to; i++) {
            if (covers(units[i], longitude, latitude)) {
                return units[i];
            }
        }
        return -1;
    }

    private boolean covers(int unit, double x, double y) {
        boolean insideShell = false;
        boolean insideHole = false;
        for (int at = starts[unit]; at < starts[unit + 1]; ) {
            int end = end(at);
            int winding = 0;
            for (int i = at + 3; i < end; i += 2) {
                double y1 = degrees[i - 1];
                double y2 = degrees[i + 1];
                if (Math.min(y1, y2) > y || Math.max(y1, y2) < y) {
                    continue;
                }
                double x1 = degrees[i - 2];
                double x2 = degrees[i];
                double side = side(x1, y1, x2, y2, x, y);
                if (side == 0 && Math.min(x1, x2) <= x && x <= Math.max(x1, x2)) {
                    return true;
                }
                if (y1 <= y && y < y2 && side > 0) {
                    winding++;
                } else if (y2 <= y && y < y1 && side < 0) {
                    winding--;
                }
            }
            if (degrees[at] < 0) {
                insideHole |= winding != 0;
            } else {
                if (insideShell && !insideHole) {
                    return true;
                }
                insideShell = winding != 0;
                insideHole = false;
            }
            at = end;
        }
        return insideShell && !insideHole;
    }

    /** Behind the ring that begins here. */
    private int end(int ring) {
        return ring + 1 + 2 * (int) Math.abs(degrees[ring]);
    }
}
