package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares land among territories by the distance to their spines, so that each gets about the area that it is due: each spine
 * has a reach, and a place belongs to the territory with the least {@code distance² - reach²}, if it is within that reach, in
 * a gap between two, or not far from the middle of the plane. (A power diagram, its reaches found by trying.)
 */
public final class ShareLand {

    /** Where land belongs to nobody. */
    public static final int OUTSIDE = -1;

    private static final Point MIDDLE = new Point(0, 0);

    private static final int ROUNDS = 200;
    private static final double PATIENCE = 0.5;

    /** So wide a gap between two territories is theirs. */
    private static final double GAP_METERS = 20_000;

    /** So far around the middle all land belongs to somebody. */
    private static final double MIDDLE_METERS = 45_000;

    private final List<Spine> spines;
    private final double[] squaredReaches;

    private ShareLand(List<Spine> spines, double[] squaredReaches) {
        this.spines = spines;
        this.squaredReaches = squaredReaches;
    }

    /**
     * @param claims of all territories
     * @param samples places all over the land and well beyond, each standing for some area
     */
    public static ShareLand among(List<Claim> claims, List<Sample> samples) {
        List<Spine> spines =
                claims.stream().map(claim -> new Spine(claim.spine())).toList();
        double[] squaredReaches = claims.stream()
                .mapToDouble(claim -> claim.squareMeters() / Math.PI)
                .toArray();
        List<Near> near = samples.stream()
                .map(sample -> new Near(sample, spines, squaredReaches))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            double[] areas = areas(near, squaredReaches);
            for (int j = 0; j < areas.length; j++) {
                double due = claims.get(j).squareMeters() - areas[j];
                // What a little more reach would bring, were the land a disc around its spine and free on all sides.
                double gain = Math.PI
                        + spines.get(j).lengthMeters() / Math.sqrt(claims.get(j).squareMeters() / Math.PI);
                squaredReaches[j] += PATIENCE * due / gain;
            }
        }
        return new ShareLand(spines, squaredReaches);
    }

    /** The number of the territory that a place belongs to, or {@link #OUTSIDE}. */
    public int ownerOf(Point place) {
        Nearest nearest = nearest(place);
        return nearest.metersOutside(place, squaredReaches) < 0 ? nearest.territory : OUTSIDE;
    }

    /** The number of the territory that a place belongs to, or would belong to if that reached so far. */
    public int nearestTo(Point place) {
        return nearest(place).territory;
    }

    /** How far a place lies from what is shared out, about; negative if it belongs to somebody. */
    public double metersOutside(Point place) {
        return nearest(place).metersOutside(place, squaredReaches);
    }

    private Nearest nearest(Point place) {
        var nearest = new Nearest();
        for (int j = 0; j < squaredReaches.length; j++) {
            if (spines.get(j).leastSquaredDistance(place) - squaredReaches[j] < nearest.secondExcess) {
                nearest.see(j, spines.get(j).squaredDistance(place), squaredReaches[j]);
            }
        }
        return nearest;
    }

    private static double[] areas(List<Near> samples, double[] squaredReaches) {
        double[] areas = new double[squaredReaches.length];
        var nearest = new Nearest();
        for (Near near : samples) {
            nearest.forget();
            for (int i = 0; i < near.territories.length; i++) {
                nearest.see(near.territories[i], near.squaredDistances[i], squaredReaches[near.territories[i]]);
            }
            if (nearest.metersOutside(near.sample.place(), squaredReaches) < 0) {
                areas[nearest.territory] += near.sample.squareMeters();
            }
        }
        return areas;
    }

    /** A sample with the few territories that it can come to belong to. */
    private static final class Near {

        private static final int MOST = 8;

        private final Sample sample;
        private final int[] territories;
        private final double[] squaredDistances;

        Near(Sample sample, List<Spine> spines, double[] squaredReaches) {
            this.sample = sample;
            double[] excesses = new double[spines.size()];
            Arrays.setAll(excesses, j -> spines.get(j).squaredDistance(sample.place()) - squaredReaches[j]);
            double[] sorted = excesses.clone();
            Arrays.sort(sorted);
            double most = sorted[Math.min(MOST, sorted.length) - 1];
            this.territories = IntStream.range(0, excesses.length)
                    .filter(j -> excesses[j] <= most)
                    .toArray();
            this.squaredDistances = new double[territories.length];
            Arrays.setAll(squaredDistances, i -> excesses[territories[i]] + squaredReaches[territories[i]]);
        }
    }

    /** A territory that is hemmed in by larger ones can have a negative reach: even at its spine others would be nearer. */
    private static double reachMeters(double squaredReach) {
        return squaredReach < 0 ? -Math.sqrt(-squaredReach) : Math.sqrt(squaredReach);
    }

    /** Of all territories seen the nearest, and the nearest but one. */
    private static final class Nearest {

        private int territory = OUTSIDE;
        private double squaredDistance;
        private double excess = Double.POSITIVE_INFINITY;
        private int second = OUTSIDE;
        private double secondSquaredDistance;
        private double secondExcess = Double.POSITIVE_INFINITY;

        void forget() {
            territory = OUTSIDE;
            excess = Double.POSITIVE_INFINITY;
            second = OUTSIDE;
            secondExcess = Double.POSITIVE_INFINITY;
        }

        void see(int seen, double itsSquaredDistance, double squaredReach) {
            double itsExcess = itsSquaredDistance - squaredReach;
            if (itsExcess < excess) {
                second = territory;
                secondSquaredDistance = squaredDistance;
                secondExcess = excess;
                territory = seen;
                squaredDistance = itsSquaredDistance;
                excess = itsExcess;
            } else if (itsExcess < secondExcess) {
                second = seen;
                secondSquaredDistance = itsSquaredDistance;
                secondExcess = itsExcess;
            }
        }

        double metersOutside(Point place, double[] squaredReaches) {
            double beyondTheMiddle = place.distanceTo(MIDDLE) - MIDDLE_METERS;
            if (beyondTheMiddle < 0) {
                return beyondTheMiddle;
            }
            double meters = Math.sqrt(squaredDistance) - reachMeters(squaredReaches[territory]);
            if (second == OUTSIDE) {
                return meters;
            }
            double gap = meters + Math.sqrt(secondSquaredDistance) - reachMeters(squaredReaches[second]);
            return Math.min(beyondTheMiddle, Math.min(meters, (gap - GAP_METERS) / 2));
        }
    }

    /** @param squareMeters how much land it is due */
    public record Claim(List<Point> spine, double squareMeters) {

        public Claim {
            spine = List.copyOf(spine);
        }
    }

    public record Sample(Point place, double squareMeters) {}

    /** Sample places, so many metres apart, around the middle of each square of a chessboard. */
    public static List<Sample> samples(double fromX, double fromY, double toX, double toY, double apartMeters) {
        List<Sample> samples = new ArrayList<>();
        for (double y = fromY + apartMeters / 2; y < toY; y += apartMeters) {
            for (double x = fromX + apartMeters / 2; x < toX; x += apartMeters) {
                samples.add(new Sample(new Point(x, y), apartMeters * apartMeters));
            }
        }
        return samples;
    }

    private static final class Spine {
        private final double[] x;
        private final double[] y;
        private final double west;
        private final double south;
        private final double east;
        private final double north;

        Spine(List<Point> points) {
            this.x = points.stream().mapToDouble(Point::x).toArray();
            this.y = points.stream().mapToDouble(Point::y).toArray();
            this.west = Arrays.stream(x).min().orElseThrow();
            this.east = Arrays.stream(x).max().orElseThrow();
            this.south = Arrays.stream(y).min().orElseThrow();
            this.north = Arrays.stream(y).max().orElseThrow();
        }

        double lengthMeters() {
            double length = 0;
            for (int i = 1; i < x.length; i++) {
                length += new Point(x[i], y[i]).distanceTo(new Point(x[i - 1], y[i - 1]));
            }
            return length;
        }

        /** No farther than it is: the distance to a box around it. */
        double leastSquaredDistance(Point place) {
            double dx = Math.max(0, Math.max(west - place.x(), place.x() - east));
            double dy = Math.max(0, Math.max(south - place.y(), place.y() - north));
            return dx * dx + dy * dy;
        }

        double squaredDistance(Point place) {
            double least = squaredDistance(place, x[0], y[0]);
            for (int i = 1; i < x.length; i++) {
                double alongX = x[i] - x[i - 1];
                double alongY = y[i] - y[i - 1];
                double along = ((place.x() - x[i - 1]) * alongX + (place.y() - y[i - 1]) * alongY)
                        / (alongX * alongX + alongY * alongY);
                double clamped = Math.clamp(along, 0, 1);
                least = Math.min(
                        least, squaredDistance(place, x[i - 1] + clamped * alongX, y[i - 1] + clamped * alongY));
            }
            return least;
        }

        private static double squaredDistance(Point place, double x, double y) {
            return (place.x() - x) * (place.x() - x) + (place.y() - y) * (place.y() - y);
        }
    }
}
