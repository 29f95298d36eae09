package org.citybrain.intake.admit;

import static org.citybrain.messages.RejectionReason.IMPOSSIBLE_VALUE;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Converts a footprint that is a polygon to WGS-84 and checks that it is one: closed rings that do not cross (OGC Simple
 * Features), in the neighbourhood of the report's place.
 */
final class FootprintPolygon {

    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);
    private static final String POINTER = "/footprint/coordinates";
    private static final double METERS_PER_DEGREE = 111_320;

    private final Datum datum;
    private final Position center;

    private FootprintPolygon(Datum datum, Position center) {
        this.datum = datum;
        this.center = center;
    }

    /**
     * @param center the report's place in WGS-84
     * @return the same footprint in WGS-84; absent where it is no polygon
     * @throws Refusal if it is not a polygon that can be
     */
    static Report.@Nullable Footprint toWgs84(Report.@Nullable Footprint footprint, Datum datum, Position center) {
        if (footprint == null || footprint.coordinates() == null) {
            return null;
        }
        var conversion = new FootprintPolygon(datum, center);
        JsonNode coordinates = footprint.coordinates();
        ArrayNode converted = "Polygon".equals(footprint.type())
                ? conversion.polygon(coordinates)
                : conversion.multiPolygon(coordinates);
        return new Report.Footprint(null, footprint.type(), converted);
    }

    private ArrayNode polygon(JsonNode coordinates) {
        ArrayNode converted = JsonNodeFactory.instance.arrayNode();
        checkValid(new IsValidOp(polygon(coordinates, POINTER, converted)));
        return converted;
    }

    private ArrayNode multiPolygon(JsonNode coordinates) {
        ArrayNode converted = JsonNodeFactory.instance.arrayNode();
        List<Polygon> polygons = new ArrayList<>();
        for (JsonNode polygon : elements(coordinates, POINTER, 1, "at least one polygon")) {
            polygons.add(polygon(polygon, POINTER + "/" + polygons.size(), converted.addArray()));
        }
        checkValid(new IsValidOp(new MultiPolygon(polygons.toArray(Polygon[]::new), WGS84)));
        return converted;
    }

    private Polygon polygon(JsonNode coordinates, String pointer, ArrayNode converted) {
        List<LinearRing> rings = new ArrayList<>();
        for (JsonNode ring : elements(coordinates, pointer, 1, "at least one ring")) {
            rings.add(ring(ring, pointer + "/" + rings.size(), converted.addArray()));
        }
        return new Polygon(rings.getFirst(), rings.stream().skip(1).toArray(LinearRing[]::new), WGS84);
    }

    private LinearRing ring(JsonNode ring, String pointer, ArrayNode converted) {
        String expected = "a ring of at least four positions";
        var vertices = new Coordinate[elements(ring, pointer, 4, expected).size()];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = vertex(ring.get(i), pointer + "/" + i);
            converted.addArray().add(vertices[i].x).add(vertices[i].y);
        }
        if (!vertices[0].equals2D(vertices[vertices.length - 1])) {
            throw impossible(pointer, "not closed", "a ring whose last position is its first");
        }
        return new LinearRing(WGS84.getCoordinateSequenceFactory().create(vertices), WGS84);
    }

    private Coordinate vertex(JsonNode position, String pointer) {
        String expected = "[longitude, latitude] in degrees";
        elements(position, pointer, 2, expected);
        if (position.size() > 3
                || !position.get(0).isNumber()
                || !position.get(1).isNumber()) {
            throw impossible(pointer, position, expected);
        }
        double longitude = position.get(0).doubleValue();
        double latitude = position.get(1).doubleValue();
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
            throw impossible(pointer, position, expected);
        }
        Position converted = datum.toWgs84(longitude, latitude);
        if (metersFromCenter(converted) > ReportReader.LARGEST_RADIUS_METERS) {
            throw impossible(pointer, position, "a position within 100 km of the report's location");
        }
        return new Coordinate(converted.longitude(), converted.latitude());
    }

    /** On a plane that touches the center: good to a percent over 100 km. */
    private double metersFromCenter(Position position) {
        double north = position.latitude() - center.latitude();
        double east = (position.longitude() - center.longitude()) * Math.cos(Math.toRadians(center.latitude()));
        return Math.hypot(north, east) * METERS_PER_DEGREE;
    }

    private static JsonNode elements(@Nullable JsonNode array, String pointer, int least, String expected) {
        if (array == null || !array.isArray() || array.size() < least) {
            throw impossible(pointer, array == null ? "nothing" : array, expected);
        }
        return array;
    }

    private static void checkValid(IsValidOp validity) {
        TopologyValidationError error = validity.getValidationError();
        if (error != null) {
            throw impossible(POINTER, error, "rings that neither cross nor touch along a line");
        }
    }

    private static Refusal impossible(String pointer, Object value, String expected) {
        return new Refusal(IMPOSSIBLE_VALUE, pointer, value, expected);
    }
}
