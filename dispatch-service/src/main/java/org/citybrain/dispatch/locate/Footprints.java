package org.citybrain.dispatch.locate;

import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.databind.JsonNode;

/** Footprints as polygons in WGS-84. */
final class Footprints {

    static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private static final int CORNERS = 64;
    /** The radius of the circle around a polygon of 64 corners that has the area of the unit circle. */
    private static final double EQUAL_AREA_FACTOR = Math.sqrt(2 * Math.PI / CORNERS / Math.sin(2 * Math.PI / CORNERS));

    private Footprints() {}

    /** The report's footprint, absent where it gave none. */
    static @Nullable Geometry of(ReportReceived received) {
        if (received.footprint() != null) {
            return polygons(received.footprint());
        }
        Report.Footprint footprint = received.report().footprint();
        return footprint == null || footprint.radiusMeters() == null
                ? null
                : circle(received.position(), footprint.radiusMeters());
    }

    /** A polygon of 64 corners with the area of the circle. */
    static Polygon circle(Position center, double radiusMeters) {
        double radius = radiusMeters * EQUAL_AREA_FACTOR;
        double north = radius / LocalMeters.perDegreeNorth(center.latitude());
        double east = radius / LocalMeters.perDegreeEast(center.latitude());
        Coordinate[] ring = new Coordinate[CORNERS + 1];
        for (int i = 0; i < CORNERS; i++) {
            double angle = 2 * Math.PI * i / CORNERS;
            ring[i] = new Coordinate(
                    center.longitude() + east * Math.cos(angle), center.latitude() + north * Math.sin(angle));
        }
        ring[CORNERS] = ring[0].copy();
        return GEOMETRIES.createPolygon(ring);
    }

    private static Geometry polygons(Report.Footprint footprint) {
        JsonNode coordinates = footprint.coordinates();
        if (coordinates == null) {
            throw new IllegalArgumentException("the footprint has no coordinates");
        }
        if ("Polygon".equals(footprint.type())) {
            return polygon(coordinates);
        }
        if ("MultiPolygon".equals(footprint.type())) {
            return GEOMETRIES.createMultiPolygon(
                    coordinates.valueStream().map(Footprints::polygon).toArray(Polygon[]::new));
        }
        throw new IllegalArgumentException(
                "the footprint is a " + footprint.type() + ": expected Polygon or MultiPolygon");
    }

    private static Polygon polygon(JsonNode rings) {
        LinearRing[] all = rings.valueStream().map(Footprints::ring).toArray(LinearRing[]::new);
        LinearRing[] holes = new LinearRing[all.length - 1];
        System.arraycopy(all, 1, holes, 0, holes.length);
        return GEOMETRIES.createPolygon(all[0], holes);
    }

    private static LinearRing ring(JsonNode positions) {
        return GEOMETRIES.createLinearRing(positions
                .valueStream()
                .map(p -> new Coordinate(p.get(0).asDouble(), p.get(1).asDouble()))
                .toArray(Coordinate[]::new));
    }
}
