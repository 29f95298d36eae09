package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Scatters points over an area, none too near to another and none far from all: Poisson-disc sampling (Bridson 2007) with a
 * spacing that varies from place to place.
 */
public final class ScatterSeeds {

    private static final int ATTEMPTS_AROUND_A_SEED = 20;

    private final ToDoubleFunction<Point> spacingMeters;
    private final double largestSpacingMeters;
    private final Predicate<Point> area;
    private final SplittableRandom random;

    private final List<Point> seeds = new ArrayList<>();
    private final Map<Bucket, List<Point>> buckets = new HashMap<>();

    /**
     * @param spacingMeters the least distance of a seed from the ones before it; changes slowly over the area
     * @param largestSpacingMeters an upper bound of it
     * @param area where seeds may lie; connected
     */
    public ScatterSeeds(
            ToDoubleFunction<Point> spacingMeters,
            double largestSpacingMeters,
            Predicate<Point> area,
            SplittableRandom random) {
        this.spacingMeters = spacingMeters;
        this.largestSpacingMeters = largestSpacingMeters;
        this.area = area;
        this.random = random;
    }

    /** Fills the area, beginning here. */
    public List<Point> scatter(Point start) {
        List<Point> active = new ArrayList<>(List.of(start));
        add(start);
        while (!active.isEmpty()) {
            int chosen = random.nextInt(active.size());
            Point seed = active.get(chosen);
            boolean exhausted = true;
            for (int attempt = 0; attempt < ATTEMPTS_AROUND_A_SEED && exhausted; attempt++) {
                Point candidate = somewhereAround(seed);
                if (area.test(candidate) && isFree(candidate)) {
                    add(candidate);
                    active.add(candidate);
                    exhausted = false;
                }
            }
            if (exhausted) {
                active.set(chosen, active.getLast());
                active.removeLast();
            }
        }
        return List.copyOf(seeds);
    }

    /** Evenly over the ring between one and two spacings. */
    private Point somewhereAround(Point seed) {
        double distance = spacingMeters.applyAsDouble(seed) * Math.sqrt(1 + 3 * random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        return new Point(seed.x() + distance * StrictMath.cos(angle), seed.y() + distance * StrictMath.sin(angle));
    }

    private boolean isFree(Point candidate) {
        double spacing = spacingMeters.applyAsDouble(candidate);
        Bucket centre = bucketOf(candidate);
        for (int column = centre.column() - 1; column <= centre.column() + 1; column++) {
            for (int row = centre.row() - 1; row <= centre.row() + 1; row++) {
                for (Point other : buckets.getOrDefault(new Bucket(column, row), List.of())) {
                    if (candidate.squaredDistanceTo(other) < spacing * spacing) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void add(Point seed) {
        seeds.add(seed);
        buckets.computeIfAbsent(bucketOf(seed), bucket -> new ArrayList<>()).add(seed);
    }

    private Bucket bucketOf(Point point) {
        return new Bucket(
                (int) Math.floor(point.x() / largestSpacingMeters), (int) Math.floor(point.y() / largestSpacingMeters));
    }

    private record Bucket(int column, int row) {}
}
