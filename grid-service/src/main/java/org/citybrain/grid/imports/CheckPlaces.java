package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * Asks whether the file can have been read as it was meant. Units that were on the map are compared with where they lay: when they
 * would lie much nearer in another datum, or with their axes swapped, that is said, instead of the thousand overlaps that follow from
 * it. Where nothing of the file was on the map before, a wrong datum cannot be told from a right one.
 */
final class CheckPlaces {

    private static final int MOST_COMPARED = 200;

    /** Below this the units may as well have been surveyed anew. The shift of GCJ-02 is 407 m or more over Chongqing. */
    private static final double SUSPICIOUS_METERS = 150;

    private static final double FITTING_METERS = 75;
    private static final double LIKE_SIZED = 1.25;
    private static final double FAR_DEGREES = 1;
    private static final double METERS_PER_DEGREE = 111_195;
    private static final Envelope CHINA = new Envelope(72, 138, 0.8, 56);

    private final PostgisUnitsBefore store;
    private final Datum datum;
    private final ImportProblems problems;

    CheckPlaces(PostgisUnitsBefore store, Datum datum, ImportProblems problems) {
        this.store = store;
        this.datum = datum;
        this.problems = problems;
    }

    void check(PlannedMap map) {
        List<Pair> pairs = compare(listGiven(map));
        if (pairs.isEmpty()) {
            pairs = compare(listWhollyGiven(map));
        }
        if (!pairs.isEmpty()) {
            checkDatum(pairs);
        }
        if (problems.isEmpty()) {
            checkDistance(map);
        }
    }

    /** Where a unit lay and where the file has it. */
    private record Pair(Coordinate before, Coordinate now) {

        double meters(UnaryOperator<Coordinate> reading) {
            Coordinate read = reading.apply(now);
            double east = (read.x - before.x) * Math.cos(Math.toRadians(before.y));
            return METERS_PER_DEGREE * Math.hypot(east, read.y - before.y);
        }
    }

    private record Land(Coordinate centre, double area) {}

    private static Map<PlannedUnit, Land> listGiven(PlannedMap map) {
        Map<PlannedUnit, Land> given = new HashMap<>();
        for (PlannedUnit unit : map.all()) {
            MultiPolygon boundary = unit.given();
            if (boundary != null && !unit.isNew()) {
                given.put(unit, land(boundary));
            }
        }
        return given;
    }

    /** Units of which all below is in the file, with geometries of its own, under whatever codes. */
    private static Map<PlannedUnit, Land> listWhollyGiven(PlannedMap map) {
        Map<PlannedUnit, Land> lands = new HashMap<>();
        Map<PlannedUnit, Land> known = new HashMap<>();
        for (Tier tier : List.of(Tier.values()).reversed()) {
            for (PlannedUnit unit : map.listTier(tier)) {
                Land land = land(unit, lands);
                if (land != null) {
                    lands.put(unit, land);
                    if (!unit.isNew()) {
                        known.put(unit, land);
                    }
                }
            }
        }
        return known;
    }

    private static @Nullable Land land(PlannedUnit unit, Map<PlannedUnit, Land> lands) {
        MultiPolygon given = unit.given();
        if (unit.children().isEmpty()) {
            return given == null ? null : land(given);
        }
        double x = 0;
        double y = 0;
        double area = 0;
        for (PlannedUnit child : unit.children()) {
            Land land = lands.get(child);
            if (land == null) {
                return null;
            }
            x += land.centre().x * land.area();
            y += land.centre().y * land.area();
            area += land.area();
        }
        return new Land(new Coordinate(x / area, y / area), area);
    }

    private static Land land(MultiPolygon boundary) {
        return new Land(boundary.getCentroid().getCoordinate(), boundary.getArea());
    }

    private List<Pair> compare(Map<PlannedUnit, Land> lands) {
        List<PlannedUnit> units = new ArrayList<>(lands.keySet());
        units.sort((one, other) -> one.code().compareTo(other.code()));
        int step = Math.max(1, units.size() / MOST_COMPARED);
        List<PlannedUnit> some = new ArrayList<>();
        for (int i = 0; i < units.size(); i += step) {
            some.add(units.get(i));
        }
        Map<String, ShapeBefore> shapes =
                store.findShapes(some.stream().map(CheckPlaces::codeBefore).toList());
        List<Pair> pairs = new ArrayList<>();
        for (PlannedUnit unit : some) {
            ShapeBefore shape = shapes.get(codeBefore(unit));
            Land now = Objects.requireNonNull(lands.get(unit));
            if (shape != null) {
                Land before = land(shape.boundary());
                double growth = now.area() / before.area();
                if (growth < LIKE_SIZED && growth > 1 / LIKE_SIZED) {
                    pairs.add(new Pair(before.centre(), now.centre()));
                }
            }
        }
        return pairs;
    }

    private static String codeBefore(PlannedUnit unit) {
        return Objects.requireNonNull(unit.origin()).code();
    }

    private void checkDatum(List<Pair> pairs) {
        double declared = medianMeters(pairs, UnaryOperator.identity());
        if (declared < SUSPICIOUS_METERS) {
            return;
        }
        for (Datum other : Datum.values()) {
            double meters = medianMeters(pairs, place -> reread(place, other));
            if (meters < FITTING_METERS) {
                problems.add(ImportProblem.of(
                        ImportReason.WRONG_DATUM,
                        null,
                        "read as %s, %d units that were compared with the map lie %.0f m off, in the middle; read as %s, %.0f m: expected datum=%s, or a file in %s"
                                .formatted(datum, pairs.size(), declared, other, meters, other, datum)));
                return;
            }
        }
        if (medianMeters(pairs, place -> new Coordinate(place.y, place.x)) < 10 * SUSPICIOUS_METERS) {
            problems.add(swapped());
        }
    }

    private static double medianMeters(List<Pair> pairs, UnaryOperator<Coordinate> reading) {
        double[] meters = pairs.stream()
                .mapToDouble(pair -> pair.meters(reading))
                .sorted()
                .toArray();
        return meters[meters.length / 2];
    }

    /** Where this place would lie, had the file been read in another datum. */
    private Coordinate reread(Coordinate place, Datum other) {
        double longitude = place.x;
        double latitude = place.y;
        for (int i = 0; i < 10; i++) {
            Position read = datum.toWgs84(longitude, latitude);
            longitude += place.x - read.longitude();
            latitude += place.y - read.latitude();
        }
        Position reread = other.toWgs84(longitude, latitude);
        return new Coordinate(reread.longitude(), reread.latitude());
    }

    private void checkDistance(PlannedMap map) {
        Envelope city = cityBefore(map);
        int far = 0;
        int nearIfSwapped = 0;
        PlannedUnit first = null;
        for (PlannedUnit unit : map.all()) {
            MultiPolygon given = unit.given();
            if (given != null && !city.covers(given.getEnvelopeInternal())) {
                Envelope place = given.getEnvelopeInternal();
                far++;
                nearIfSwapped +=
                        city.covers(new Envelope(place.getMinY(), place.getMaxY(), place.getMinX(), place.getMaxX()))
                                ? 1
                                : 0;
                first = first == null ? unit : first;
            }
        }
        if (first != null && nearIfSwapped == far) {
            problems.add(swapped());
        } else if (first != null) {
            problems.add(ImportProblem.of(
                            ImportReason.OUT_OF_RANGE,
                            first.code(),
                            "it and " + (far - 1) + " others lie more than a degree away from where the city could be: "
                                    + Arrays.toString(
                                            new double[] {city.getMinX(), city.getMinY(), city.getMaxX(), city.getMaxY()
                                            }))
                    .inFeature(first.feature()));
        }
    }

    /** The city and a degree around it; for a first map, China. */
    private Envelope cityBefore(PlannedMap map) {
        Envelope around = new Envelope();
        List<String> cities = map.before()
                .all()
                .map(UnitBefore::code)
                .filter(code -> code.length() == Tier.CITY.digits())
                .toList();
        store.findShapes(cities)
                .values()
                .forEach(shape -> around.expandToInclude(shape.boundary().getEnvelopeInternal()));
        if (around.isNull()) {
            return CHINA;
        }
        around.expandBy(FAR_DEGREES);
        return around;
    }

    private static ImportProblem swapped() {
        return ImportProblem.of(
                ImportReason.SWAPPED_AXES,
                null,
                "the file's units lie where the city is only with the two numbers of each position swapped: expected the longitude first");
    }
}
