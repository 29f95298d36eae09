package org.citybrain.messages;

import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.atan2;
import static java.lang.Math.cos;
import static java.lang.Math.hypot;
import static java.lang.Math.sin;

/** Baidu's shift of GCJ-02, in degrees. */
final class Bd09 {

    private static final double X_PI = PI * 3000.0 / 180.0;
    private static final double EAST = 0.0065;
    private static final double NORTH = 0.006;
    private static final double TOLERANCE_DEGREES = 1e-8;
    private static final int MOST_ITERATIONS = 20;

    private Bd09() {}

    static Position fromGcj02(double longitude, double latitude) {
        double z = hypot(longitude, latitude) + 0.00002 * sin(latitude * X_PI);
        double theta = atan2(latitude, longitude) + 0.000003 * cos(longitude * X_PI);
        return new Position(z * cos(theta) + EAST, z * sin(theta) + NORTH);
    }

    static Position toGcj02(double longitude, double latitude) {
        double lon = longitude - EAST;
        double lat = latitude - NORTH;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            Position shifted = fromGcj02(lon, lat);
            double errorLongitude = shifted.longitude() - longitude;
            double errorLatitude = shifted.latitude() - latitude;
            lon -= errorLongitude;
            lat -= errorLatitude;
            if (abs(errorLongitude) < TOLERANCE_DEGREES && abs(errorLatitude) < TOLERANCE_DEGREES) {
                break;
            }
        }
        return new Position(lon, lat);
    }
}
