package org.citybrain.grid.demo.mesh;

import java.util.List;

/**
 * Land to be grown.
 *
 * @param spine the line that it grows around, on the plane
 * @param cells how many cells it takes
 */
public record Territory(List<Point> spine, int cells) {

    public Territory {
        spine = List.copyOf(spine);
    }

    public double spineLengthMeters() {
        double length = 0;
        for (int i = 1; i < spine.size(); i++) {
            length += spine.get(i).distanceTo(spine.get(i - 1));
        }
        return length;
    }

    public double distanceMeters(Point point) {
        return point.distanceTo(spine);
    }
}
