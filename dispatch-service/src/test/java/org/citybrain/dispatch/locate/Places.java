package org.citybrain.dispatch.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** Seeded places to try a map with. */
final class Places {

    private static final double UNITS_PER_DEGREE = 1e7;

    private final List<? extends Geometry> units;
    private final Envelope extent = new Envelope();
    private final SplittableRandom random;

    Places(List<? extends Geometry> units, long seed) {
        this.units = units;
        this.random = new SplittableRandom(seed);
        units.forEach(unit -> extent.expandToInclude(unit.getEnvelopeInternal()));
    }

    /** Uniform ones, crowded ones, vertices, middles of edges, and what a phone would round these to. */
    List<Coordinate> hundredThousand() {
        List<Coordinate> places = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            places.add(in(extent));
            places.add(in(anyUnit().getEnvelopeInternal()));
            places.add(anyVertex());
            places.add(onEdge(0.5));
            places.add(rounded(onEdge(i % 2 == 0 ? 0.5 : random.nextDouble())));
        }
        return places;
    }

    /** Points of edges, and the doubles next to them. */
    List<Coordinate> hairsBreadthFromEdges() {
        List<Coordinate> places = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            Coordinate on = onEdge(random.nextDouble());
            places.add(on);
            places.add(new Coordinate(Math.nextUp(on.x), on.y));
            places.add(new Coordinate(Math.nextDown(on.x), on.y));
            places.add(new Coordinate(on.x, Math.nextUp(on.y)));
        }
        return places;
    }

    private Geometry anyUnit() {
        return units.get(random.nextInt(units.size()));
    }

    private Coordinate in(Envelope envelope) {
        return new Coordinate(
                envelope.getMinX() + random.nextDouble() * envelope.getWidth(),
                envelope.getMinY() + random.nextDouble() * envelope.getHeight());
    }

    private Coordinate anyVertex() {
        Coordinate[] ring = anyUnit().getCoordinates();
        return ring[random.nextInt(ring.length)].copy();
    }

    private Coordinate onEdge(double share) {
        Coordinate[] ring = anyUnit().getCoordinates();
        int i = random.nextInt(ring.length - 1);
        return new Coordinate(
                ring[i].x + share * (ring[i + 1].x - ring[i].x), ring[i].y + share * (ring[i + 1].y - ring[i].y));
    }

    private static Coordinate rounded(Coordinate place) {
        return new Coordinate(
                Math.round(place.x * UNITS_PER_DEGREE) / UNITS_PER_DEGREE,
                Math.round(place.y * UNITS_PER_DEGREE) / UNITS_PER_DEGREE);
    }
}
