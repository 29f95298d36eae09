package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.locationtech.jts.precision.GeometryPrecisionReducer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the geometries of one file, converts each position to WGS-84 and snaps it, and sees to it that they are areas. */
final class ReadGeometry {

    /**
     * What a feature's geometry turned out to be.
     *
     * @param boundary null where there is none, or none that is an area
     * @param problem what is wrong with it
     * @param repaired what was wrong with it before it was repaired
     */
    record Outcome(
            @Nullable MultiPolygon boundary,
            @Nullable ImportProblem problem,
            @Nullable String repaired) {

        static final Outcome NONE = new Outcome(null, null, null);

        static Outcome wrong(ImportReason reason, String detail) {
            return new Outcome(null, ImportProblem.of(reason, null, detail), null);
        }
    }

    /** A MultiPolygon's: of polygons, of rings, of positions, of numbers. */
    private static final int MOST_LEVELS = 4;

    private static final int FEWEST_POSITIONS_OF_RING = 4;

    /** In place of an array: that it was a position, now in {@link #longitude} and {@link #latitude}. */
    private static final Object POSITION = new Object();

    private final Datum datum;
    private final boolean repair;
    private final ImportSettings settings;

    private long positions;
    private long positionsBefore;
    private double longitude;
    private double latitude;
    private boolean finite;
    private boolean inRange;
    private boolean inRangeIfSwapped;

    private int outOfRange;
    private int swapped;

    ReadGeometry(Datum datum, boolean repair, ImportSettings settings) {
        this.datum = datum;
        this.repair = repair;
        this.settings = settings;
    }

    /** @param parser at the object's beginning; at its end afterwards */
    Outcome read(JsonParser parser) {
        finite = true;
        inRange = true;
        inRangeIfSwapped = true;
        positionsBefore = positions;
        String type = null;
        Object coordinates = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = parser.getString();
            } else if (name.equals("coordinates") && value == JsonToken.START_ARRAY) {
                coordinates = readArray(parser, 1);
            } else {
                parser.skipChildren();
            }
        }
        return outcome(type, coordinates);
    }

    /** Features with positions that are nowhere on earth, but would be with their numbers swapped. */
    int swapped() {
        return swapped;
    }

    /** Features with positions that are nowhere on earth. */
    int outOfRange() {
        return outOfRange;
    }

    private Outcome outcome(@Nullable String type, @Nullable Object coordinates) {
        boolean polygon = "Polygon".equals(type);
        if (!polygon && !"MultiPolygon".equals(type)) {
            return Outcome.wrong(
                    ImportReason.NOT_A_POLYGON,
                    "the geometry is a " + shortened(type) + ": expected a Polygon or a MultiPolygon");
        }
        if (!finite) {
            return Outcome.wrong(
                    ImportReason.BAD_POSITION, "a position is not a number: expected finite decimal degrees");
        }
        if (!inRange) {
            if (inRangeIfSwapped) {
                swapped++;
            } else {
                outOfRange++;
            }
            return Outcome.NONE;
        }
        return area(polygon ? coordinates == null ? null : List.of(coordinates) : coordinates);
    }

    private static String shortened(@Nullable String type) {
        return type == null ? "thing without a type" : type.substring(0, Math.min(type.length(), 40));
    }

    /** @param polygons as read: a list of lists of rings */
    private Outcome area(@Nullable Object polygons) {
        List<List<double[]>> rings = new ArrayList<>();
        String wrong = collectRings(polygons, rings);
        if (wrong == null && rings.isEmpty()) {
            wrong = "the geometry is empty";
        }
        List<String> repairs = new ArrayList<>();
        if (wrong == null) {
            wrong = mendRings(rings, repairs);
        }
        return wrong == null ? validated(rings, repairs) : Outcome.wrong(ImportReason.INVALID_GEOMETRY, wrong);
    }

    private static @Nullable String collectRings(@Nullable Object polygons, List<List<double[]>> collected) {
        if (polygons instanceof List<?> list) {
            for (Object polygon : list) {
                List<double[]> rings = new ArrayList<>();
                if (polygon instanceof List<?> ofPolygon) {
                    for (Object ring : ofPolygon) {
                        if (ring instanceof double[] itsPositions) {
                            rings.add(itsPositions);
                        }
                    }
                    if (rings.size() == ofPolygon.size() && !rings.isEmpty()) {
                        collected.add(rings);
                        continue;
                    }
                }
                return "the coordinates are not nested as the type says: expected polygons of rings of positions";
            }
            return null;
        }
        return "the geometry has no coordinates";
    }

    /** Rings that are not closed, or no rings at all: closed and left out where that is wanted, else told. */
    private @Nullable String mendRings(List<List<double[]>> polygons, List<String> repairs) {
        for (List<double[]> rings : polygons) {
            for (int i = 0; i < rings.size(); i++) {
                double[] ring = rings.get(i);
                int last = ring.length - 2;
                if (ring[0] != ring[last] || ring[1] != ring[last + 1]) {
                    String wrong = "a ring is not closed at %.7f %.7f".formatted(ring[0], ring[1]);
                    if (!repair) {
                        return wrong + ": expected its first position again as its last";
                    }
                    ring = Arrays.copyOf(ring, ring.length + 2);
                    ring[last + 2] = ring[0];
                    ring[last + 3] = ring[1];
                    rings.set(i, ring);
                    repairs.add(wrong);
                }
            }
            String wrong = dropCollapsed(rings, repairs);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String dropCollapsed(List<double[]> rings, List<String> repairs) {
        for (int i = rings.size() - 1; i >= 0; i--) {
            double[] ring = rings.get(i);
            if (ring.length / 2 < FEWEST_POSITIONS_OF_RING) {
                String wrong = "a ring at %.7f %.7f has fewer than three corners".formatted(ring[0], ring[1]);
                if (!repair || i == 0) {
                    return wrong + ", to seven decimals: expected an area";
                }
                rings.remove(i);
                repairs.add(wrong);
            }
        }
        return null;
    }

    private Outcome validated(List<List<double[]>> rings, List<String> repairs) {
        MultiPolygon tested = build(rings);
        TopologyValidationError error = new IsValidOp(tested).getValidationError();
        if (error == null) {
            // Built anew: the one that was tested still holds what the test has made of it.
            return new Outcome(build(rings), null, repairs.isEmpty() ? null : String.join("; ", repairs));
        }
        Coordinate place = error.getCoordinate();
        String wrong = "%s at %.7f %.7f".formatted(error.getMessage(), place.x, place.y);
        MultiPolygon fixed = repair ? fixed(tested) : null;
        if (fixed != null && !fixed.isEmpty()) {
            repairs.add(wrong);
            return new Outcome(fixed, null, String.join("; ", repairs));
        }
        ImportReason reason = switch (error.getErrorType()) {
            case TopologyValidationError.SELF_INTERSECTION, TopologyValidationError.RING_SELF_INTERSECTION ->
                ImportReason.SELF_CROSSING;
            default -> ImportReason.INVALID_GEOMETRY;
        };
        return new Outcome(
                null,
                ImportProblem.of(reason, null, wrong + ": expected an area; repair=true makes it one, and reports it")
                        .at(Boundaries.WGS84.createPoint(place)),
                null);
    }

    private static MultiPolygon fixed(MultiPolygon broken) {
        Geometry fixed = GeometryFixer.fix(broken);
        Geometry snapped = GeometryPrecisionReducer.reduce(fixed, new PrecisionModel(Boundaries.ROUNDING_PER_DEGREE));
        return Boundaries.WGS84.createMultiPolygon(Boundaries.polygons(snapped).toArray(Polygon[]::new));
    }

    private static MultiPolygon build(List<List<double[]>> polygons) {
        return Boundaries.WGS84.createMultiPolygon(polygons.stream()
                .map(rings -> Boundaries.WGS84.createPolygon(
                        Boundaries.ring(rings.getFirst()),
                        rings.stream().skip(1).map(Boundaries::ring).toArray(LinearRing[]::new)))
                .toArray(Polygon[]::new));
    }

    /**
     * Reads an array of coordinates without knowing yet what the geometry's type will be.
     *
     * @param parser at its beginning
     * @return {@link #POSITION}, an array of positions, or a list of what this returns
     */
    private Object readArray(JsonParser parser, int level) {
        if (level > MOST_LEVELS) {
            throw new UnreadableFile(
                    ImportReason.BAD_POSITION,
                    "coordinates are nested deeper than " + MOST_LEVELS + " levels: expected a MultiPolygon's at most");
        }
        count();
        JsonToken first = parser.nextToken();
        if (first.isNumeric()) {
            readPosition(parser);
            return POSITION;
        }
        List<Object> inner = new ArrayList<>();
        double[] ring = new double[16];
        int length = 0;
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object element = token == JsonToken.START_ARRAY ? readArray(parser, level + 1) : null;
            if (element == POSITION && inner.isEmpty()) {
                if (length > 0 && ring[length - 2] == longitude && ring[length - 1] == latitude) {
                    continue;
                }
                if (length == ring.length) {
                    ring = Arrays.copyOf(ring, 2 * length);
                }
                ring[length++] = longitude;
                ring[length++] = latitude;
            } else if (element != null && element != POSITION && length == 0) {
                inner.add(element);
            } else {
                throw new UnreadableFile(
                        ImportReason.BAD_POSITION,
                        "coordinates hold " + token + " where a position was expected, near " + place(parser));
            }
        }
        return length == 0 ? inner : Arrays.copyOf(ring, length);
    }

    /** @param parser at the first number; at the array's end afterwards. What follows the second number, a height, is dropped. */
    private void readPosition(JsonParser parser) {
        double x = parser.getDoubleValue();
        if (!parser.nextToken().isNumeric()) {
            throw new UnreadableFile(
                    ImportReason.BAD_POSITION,
                    "a position has one number: expected a longitude and a latitude, near " + place(parser));
        }
        double y = parser.getDoubleValue();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                throw new UnreadableFile(
                        ImportReason.BAD_POSITION,
                        "a position holds an array: expected numbers, near " + place(parser));
            }
        }
        keep(x, y);
    }

    private void keep(double x, double y) {
        finite &= Double.isFinite(x) && Double.isFinite(y);
        boolean here = Math.abs(x) <= 180 && Math.abs(y) <= 90;
        inRange &= here;
        inRangeIfSwapped &= Math.abs(y) <= 180 && Math.abs(x) <= 90;
        if (here) {
            Position position = datum.toWgs84(x, y);
            longitude = Boundaries.snapped(position.longitude());
            latitude = Boundaries.snapped(position.latitude());
        } else {
            longitude = 0;
            latitude = 0;
        }
    }

    private void count() {
        positions++;
        if (positions > settings.mostPositions()) {
            throw tooMany("the file has more than " + settings.mostPositions());
        }
        if (positions - positionsBefore > settings.mostPositionsOfFeature()) {
            throw tooMany("a feature has more than " + settings.mostPositionsOfFeature());
        }
    }

    private static UnreadableFile tooMany(String what) {
        return new UnreadableFile(
                ImportReason.TOO_LARGE, what + " positions: expected fewer, or the city in several imports");
    }

    static String place(JsonParser parser) {
        return "line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
    }
}
