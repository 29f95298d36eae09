package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.impl.PackedCoordinateSequence;
import org.locationtech.jts.geom.impl.PackedCoordinateSequenceFactory;

/** How the borders of an import are held: in degrees, WGS-84, seven decimals, 16 bytes a position. */
final class Boundaries {

    /** Seven decimals: a centimetre. What comes from two files meets at the same vertices, or does not by more than a rounding error. */
    static final double ROUNDING_PER_DEGREE = 1e7;

    static final GeometryFactory WGS84 =
            new GeometryFactory(new PrecisionModel(), 4326, PackedCoordinateSequenceFactory.DOUBLE_FACTORY);

    private Boundaries() {}

    static double snapped(double degrees) {
        return Math.round(degrees * ROUNDING_PER_DEGREE) / ROUNDING_PER_DEGREE;
    }

    /** @param positions longitude, latitude, longitude, … ; the array is kept, not copied */
    static LinearRing ring(double[] positions) {
        return WGS84.createLinearRing(new PackedCoordinateSequence.Double(positions, 2, 0));
    }

    static Coordinate place(double longitude, double latitude) {
        return new Coordinate(longitude, latitude);
    }

    static MultiPolygon multi(Geometry areas) {
        return areas instanceof MultiPolygon already
                ? already
                : WGS84.createMultiPolygon(polygons(areas).toArray(Polygon[]::new));
    }

    /** The areas among what an overlay leaves. */
    static List<Polygon> polygons(@Nullable Geometry geometry) {
        List<Polygon> polygons = new ArrayList<>();
        if (geometry != null) {
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
                    polygons.add(polygon);
                }
            }
        }
        return polygons;
    }

    /** Whether both have the same vertices, wherever their rings begin. */
    static boolean isSame(Geometry one, Geometry other) {
        return one.getNumPoints() == other.getNumPoints()
                && one.getEnvelopeInternal().equals(other.getEnvelopeInternal())
                && (one.equalsExact(other) || one.norm().equalsExact(other.norm()));
    }
}
