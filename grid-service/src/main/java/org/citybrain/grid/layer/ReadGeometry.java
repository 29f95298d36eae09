package org.citybrain.grid.layer;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import tools.jackson.databind.JsonNode;

/** Reads a GeoJSON geometry of any datum as one of WGS-84, or says at which of its positions it is wrong. */
final class ReadGeometry {

    static final int MOST_POSITIONS = 10_000;

    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);
    private static final String POINTER = "geometry/coordinates";

    private final Datum datum;
    private int positions;

    private ReadGeometry(Datum datum) {
        this.datum = datum;
    }

    /**
     * @param datum what its positions are given in
     * @throws RequestProblem {@code BAD_GEOMETRY}
     */
    static Geometry read(@Nullable JsonNode json, Datum datum, Layer layer) {
        String expected = layer.isOfPoints() ? "a GeoJSON Point" : "a GeoJSON Polygon or MultiPolygon";
        if (json == null || !json.isObject()) {
            throw bad("geometry", json, expected);
        }
        for (String member : json.propertyNames()) {
            if (!member.equals("type") && !member.equals("coordinates")) {
                throw bad(
                        "geometry/" + member,
                        json.get(member),
                        "type and coordinates alone; the datum stands beside it");
            }
        }
        String type = json.path("type").asString("");
        JsonNode coordinates = json.get("coordinates");
        var reading = new ReadGeometry(datum);
        Geometry geometry;
        if (layer.isOfPoints() && type.equals("Point")) {
            return WGS84.createPoint(reading.position(coordinates, POINTER));
        } else if (!layer.isOfPoints() && type.equals("Polygon")) {
            geometry = reading.polygon(coordinates, POINTER);
        } else if (!layer.isOfPoints() && type.equals("MultiPolygon")) {
            geometry = reading.multiPolygon(coordinates);
        } else {
            throw bad("geometry/type", json.get("type"), expected);
        }
        refuseInvalid(geometry);
        return geometry;
    }

    private Geometry multiPolygon(@Nullable JsonNode coordinates) {
        List<Polygon> polygons = new ArrayList<>();
        for (JsonNode polygon : elements(coordinates, POINTER, 1, "at least one polygon")) {
            polygons.add(polygon(polygon, POINTER + "/" + polygons.size()));
        }
        return WGS84.createMultiPolygon(polygons.toArray(Polygon[]::new));
    }

    private Polygon polygon(@Nullable JsonNode coordinates, String pointer) {
        List<LinearRing> rings = new ArrayList<>();
        for (JsonNode ring : elements(coordinates, pointer, 1, "at least one ring")) {
            rings.add(ring(ring, pointer + "/" + rings.size()));
        }
        return WGS84.createPolygon(rings.getFirst(), rings.stream().skip(1).toArray(LinearRing[]::new));
    }

    private LinearRing ring(JsonNode ring, String pointer) {
        elements(ring, pointer, 4, "a ring of at least four positions");
        if (positions + ring.size() > MOST_POSITIONS) {
            throw new RequestProblem(
                    ProblemReason.BAD_GEOMETRY,
                    pointer,
                    positions + ring.size() + " positions and perhaps more",
                    "at most " + MOST_POSITIONS + " positions in all");
        }
        var vertices = new Coordinate[ring.size()];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = position(ring.get(i), pointer + "/" + i);
        }
        if (!vertices[0].equals2D(vertices[vertices.length - 1])) {
            throw bad(pointer, ring.get(ring.size() - 1), "a ring whose last position is its first");
        }
        return WGS84.createLinearRing(vertices);
    }

    /** A third number, a height, is left out. */
    private Coordinate position(@Nullable JsonNode numbers, String pointer) {
        String expected = "[longitude, latitude] in degrees";
        JsonNode position = elements(numbers, pointer, 2, expected);
        double longitude = degrees(position.get(0));
        double latitude = degrees(position.get(1));
        if (position.size() > 3 || !(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
            throw bad(pointer, position, expected);
        }
        positions++;
        Position converted = datum.toWgs84(longitude, latitude);
        return new Coordinate(converted.longitude(), converted.latitude());
    }

    /** NaN where it is no number, or none that a double holds. */
    private static double degrees(JsonNode number) {
        return number.isNumber() ? number.asDouble(Double.NaN) : Double.NaN;
    }

    private static JsonNode elements(@Nullable JsonNode array, String pointer, int least, String expected) {
        if (array == null || !array.isArray() || array.size() < least) {
            throw bad(pointer, array, expected);
        }
        return array;
    }

    private static void refuseInvalid(Geometry geometry) {
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error != null) {
            Coordinate place = error.getCoordinate();
            throw new RequestProblem(
                    ProblemReason.BAD_GEOMETRY,
                    POINTER,
                    error.getMessage() + " at " + place.x + ", " + place.y + " (WGS84)",
                    "rings that neither cross themselves or each other nor touch along a line");
        }
    }

    private static RequestProblem bad(String pointer, @Nullable JsonNode value, String expected) {
        return new RequestProblem(ProblemReason.BAD_GEOMETRY, pointer, value == null ? null : excerpt(value), expected);
    }

    /** Of a whole coordinate array nobody wants to read more than what it is. */
    private static String excerpt(JsonNode value) {
        if (value.isObject() || value.size() > 4) {
            return "a JSON " + (value.isObject() ? "object" : "array of " + value.size());
        }
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
