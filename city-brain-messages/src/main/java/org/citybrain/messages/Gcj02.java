package org.citybrain.messages;

import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;

/** The shift between WGS-84 and GCJ-02, in degrees. Outside of China there is none. */
final class Gcj02 {

    private static final double SEMI_MAJOR_AXIS_METERS = 6_378_245.0;
    private static final double ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
    /** About a millimetre. */
    private static final double TOLERANCE_DEGREES = 1e-8;

    private static final int MOST_ITERATIONS = 20;

    private Gcj02() {}

    static Position forward(double longitude, double latitude) {
        if (longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271) {
            return new Position(longitude, latitude);
        }
        double x = longitude - 105.0;
        double y = latitude - 35.0;
        double radians = latitude * PI / 180.0;
        double magic = 1 - ECCENTRICITY_SQUARED * sin(radians) * sin(radians);
        double meridional = SEMI_MAJOR_AXIS_METERS * (1 - ECCENTRICITY_SQUARED) / (magic * sqrt(magic)) * PI / 180.0;
        double parallel = SEMI_MAJOR_AXIS_METERS / sqrt(magic) * cos(radians) * PI / 180.0;
        return new Position(longitude + eastMeters(x, y) / parallel, latitude + northMeters(x, y) / meridional);
    }

    /** Fixed-point iteration: the shift varies by less than one part in a thousand over its own length. */
    static Position inverse(double longitude, double latitude) {
        double lon = longitude;
        double lat = latitude;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            Position shifted = forward(lon, lat);
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

    private static double eastMeters(double x, double y) {
        return 300.0
                + x
                + 2.0 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * sqrt(abs(x))
                + waves(x)
                + (20.0 * sin(x * PI) + 40.0 * sin(x / 3.0 * PI)) * 2.0 / 3.0
                + (150.0 * sin(x / 12.0 * PI) + 300.0 * sin(x / 30.0 * PI)) * 2.0 / 3.0;
    }

    private static double northMeters(double x, double y) {
        return -100.0
                + 2.0 * x
                + 3.0 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * sqrt(abs(x))
                + waves(x)
                + (20.0 * sin(y * PI) + 40.0 * sin(y / 3.0 * PI)) * 2.0 / 3.0
                + (160.0 * sin(y / 12.0 * PI) + 320.0 * sin(y * PI / 30.0)) * 2.0 / 3.0;
    }

    private static double waves(double x) {
        return (20.0 * sin(6.0 * x * PI) + 20.0 * sin(2.0 * x * PI)) * 2.0 / 3.0;
    }
}
