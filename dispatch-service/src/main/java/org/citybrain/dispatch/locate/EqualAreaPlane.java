package org.citybrain.dispatch.locate;

import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;

/**
 * Lambert's cylindrical equal-area projection of the WGS-84 ellipsoid, true to scale at the parallel of the city's middle: areas in
 * the plane are areas on the ellipsoid, in square metres. (Snyder, Map Projections: A Working Manual, USGS 1395, equations 10-15
 * and 3-12.)
 */
final class EqualAreaPlane {

    private static final double SEMI_MAJOR_AXIS_METERS = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 0.006_694_379_990_141_33;
    private static final double ECCENTRICITY = Math.sqrt(ECCENTRICITY_SQUARED);
    private static final double TRUE_SCALE_LATITUDE = Math.toRadians(29.5);
    private static final double SCALE = Math.cos(TRUE_SCALE_LATITUDE)
            / Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.pow(Math.sin(TRUE_SCALE_LATITUDE), 2));

    private EqualAreaPlane() {}

    /** A copy of a WGS-84 geometry, in metres. */
    static Geometry project(Geometry geometry) {
        Geometry projected = geometry.copy();
        projected.apply(new Projection());
        projected.geometryChanged();
        return projected;
    }

    private static double eastMeters(double longitude) {
        return SEMI_MAJOR_AXIS_METERS * SCALE * Math.toRadians(longitude);
    }

    private static double northMeters(double latitude) {
        double sine = Math.sin(Math.toRadians(latitude));
        double q = (1 - ECCENTRICITY_SQUARED)
                * (sine / (1 - ECCENTRICITY_SQUARED * sine * sine)
                        - Math.log((1 - ECCENTRICITY * sine) / (1 + ECCENTRICITY * sine)) / (2 * ECCENTRICITY));
        return SEMI_MAJOR_AXIS_METERS * q / (2 * SCALE);
    }

    private static final class Projection implements CoordinateSequenceFilter {

        @Override
        public void filter(CoordinateSequence sequence, int i) {
            double longitude = sequence.getOrdinate(i, CoordinateSequence.X);
            double latitude = sequence.getOrdinate(i, CoordinateSequence.Y);
            sequence.setOrdinate(i, CoordinateSequence.X, eastMeters(longitude));
            sequence.setOrdinate(i, CoordinateSequence.Y, northMeters(latitude));
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public boolean isGeometryChanged() {
            return true;
        }
    }
}
