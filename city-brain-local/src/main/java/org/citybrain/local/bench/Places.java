package org.citybrain.local.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;

/**
 * Places that are looked for, seeded.
 *
 * @param name for the table
 */
record Places(String name, List<Coordinate> all) {

    private static final long SEED = 141;
    private static final double UNITS_PER_DEGREE = 1e7;

    Places {
        all = List.copyOf(all);
    }

    /** Anywhere in the city with the same chance. */
    static Places uniform(List<BenchUnit> units, int count) {
        double[] weights =
                units.stream().mapToDouble(unit -> unit.boundary().getArea()).toArray();
        return inside("uniform", units, weights, count);
    }

    /** Where the people live. */
    static Places crowded(List<BenchUnit> units, int count) {
        double[] weights = units.stream().mapToDouble(BenchUnit::population).toArray();
        return inside("crowded", units, weights, count);
    }

    /** Vertices, middles of edges, and these as a phone would round them. */
    static Places onBorders(List<BenchUnit> units, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        Coordinate[] places = new Coordinate[count];
        for (int i = 0; i < count; i++) {
            Coordinate[] ring =
                    units.get(random.nextInt(units.size())).boundary().getCoordinates();
            int at = random.nextInt(ring.length - 1);
            Coordinate middle = new Coordinate((ring[at].x + ring[at + 1].x) / 2, (ring[at].y + ring[at + 1].y) / 2);
            places[i] = switch (i % 3) {
                case 0 -> ring[at].copy();
                case 1 -> middle;
                default -> new Coordinate(rounded(middle.x), rounded(middle.y));
            };
        }
        return new Places("on borders", List.of(places));
    }

    private static Places inside(String name, List<BenchUnit> units, double[] weights, int count) {
        double[] upTo = weights.clone();
        Arrays.parallelPrefix(upTo, Double::sum);
        SplittableRandom random = new SplittableRandom(SEED);
        Coordinate[] places = new Coordinate[count];
        for (int i = 0; i < count; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            places[i] = inside(
                    units.get(Math.min(found < 0 ? ~found : found, units.size() - 1))
                            .boundary(),
                    random);
        }
        return new Places(name, List.of(places));
    }

    private static Coordinate inside(Geometry area, SplittableRandom random) {
        Envelope box = area.getEnvelopeInternal();
        while (true) {
            Coordinate place = new Coordinate(
                    box.getMinX() + random.nextDouble() * box.getWidth(),
                    box.getMinY() + random.nextDouble() * box.getHeight());
            if (SimplePointInAreaLocator.locate(place, area) == Location.INTERIOR) {
                return place;
            }
        }
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * UNITS_PER_DEGREE) / UNITS_PER_DEGREE;
    }
}
