package org.citybrain.grid.imports;

import org.locationtech.jts.geom.Geometry;

/**
 * Areas of what lies in degrees, on a plane that fits at their latitude: right to half a percent, which is enough to tell a
 * sliver from a field. What is kept on the map is measured on the ellipsoid, by PostGIS.
 */
final class SquareMeters {

    /** Differences below this are rounding: a hand's breadth along a border of ten metres (policy default). */
    static final double ROUNDING = 1;

    private static final double METERS_PER_DEGREE = 111_195;

    private SquareMeters() {}

    static double of(Geometry degrees) {
        if (degrees.isEmpty()) {
            return 0;
        }
        double latitude = degrees.getEnvelopeInternal().centre().y;
        return degrees.getArea() * METERS_PER_DEGREE * METERS_PER_DEGREE * Math.cos(Math.toRadians(latitude));
    }

    /** To a tenth. */
    static double rounded(Geometry degrees) {
        return Math.round(of(degrees) * 10) / 10.0;
    }

    static boolean isRounding(Geometry degrees) {
        return of(degrees) < ROUNDING;
    }
}
