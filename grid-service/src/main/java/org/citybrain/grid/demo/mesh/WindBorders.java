package org.citybrain.grid.demo.mesh;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.locationtech.jts.geom.Coordinate;

/**
 * Makes each straight edge of the mesh a winding border, once, for both sides.
 *
 * <p>Why nothing ever crosses: the corners of an edge and the seeds on its two sides span a kite. A Voronoi cell is
 * star-shaped seen from its seed, so the kites of all edges lie side by side. A border runs forward along its edge and keeps
 * within 0.45 of its kite's width on either side, so it crosses neither itself nor another border, and stays clear of both
 * seeds.
 */
final class WindBorders {

    private static final double SHARE_OF_THE_KITE = 0.45;

    /** How far the middle of a stretch is shifted aside, of its length. */
    private static final double ROUGHNESS = 0.28;

    private static final double STRAIGHT_BELOW_METERS = 10;

    private final CellMesh mesh;
    private final double step;
    private final Map<Long, Coordinate[]> borders = new HashMap<>();

    /** @param step about how far from one vertex to the next, of the distance between the two seeds */
    WindBorders(CellMesh mesh, double step) {
        this.mesh = mesh;
        this.step = step;
    }

    /** The border from the start of a cell's edge to its end, both included, in degrees. */
    Coordinate[] along(int cell, int edge) {
        int start = mesh.edgeStart(cell, edge);
        int end = mesh.edgeEnd(cell, edge);
        int neighbour = mesh.neighbour(cell, edge);
        if (start < end) {
            return borders.computeIfAbsent(key(start, end), key -> wind(start, end, cell, neighbour));
        }
        return reversed(borders.computeIfAbsent(key(end, start), key -> wind(end, start, neighbour, cell)));
    }

    private Coordinate[] wind(int start, int end, int left, int right) {
        Frame frame = new Frame(mesh.corner(start), mesh.corner(end));
        Point leftSeed = mesh.seed(left);
        Point rightSeed = mesh.seed(right);
        int steps = frame.length < STRAIGHT_BELOW_METERS
                ? 1
                : Math.clamp(Math.round(frame.length / (step * leftSeed.distanceTo(rightSeed))), 1, 12);

        Coordinate first = mesh.plane().toRoundedDegrees(mesh.corner(start));
        Coordinate last = mesh.plane().toRoundedDegrees(mesh.corner(end));
        SplittableRandom random = new SplittableRandom(31L * first.hashCode() + last.hashCode());
        double[] aside = displacedMidpoints(steps, frame.length / steps, random);
        Coordinate[] border = new Coordinate[steps + 1];
        border[0] = first;
        border[steps] = last;
        for (int i = 1; i < steps; i++) {
            double along = (i + 0.5 * (random.nextDouble() - 0.5)) / steps;
            double most = SHARE_OF_THE_KITE * frame.widthTowards(leftSeed, along);
            double least = -SHARE_OF_THE_KITE * frame.widthTowards(rightSeed, along);
            border[i] = mesh.plane().toRoundedDegrees(frame.at(along, Math.clamp(aside[i], least, most)));
        }
        return border;
    }

    /** Fractal displacement: each middle lies beside the middle of its ends by a random part of their distance. */
    private static double[] displacedMidpoints(int steps, double stepMeters, SplittableRandom random) {
        double[] aside = new double[steps + 1];
        displace(aside, 0, steps, stepMeters, random);
        return aside;
    }

    private static void displace(double[] aside, int from, int to, double stepMeters, SplittableRandom random) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) / 2;
        double shift = (2 * random.nextDouble() - 1) * ROUGHNESS * (to - from) * stepMeters;
        aside[middle] = (aside[from] + aside[to]) / 2 + shift;
        displace(aside, from, middle, stepMeters, random);
        displace(aside, middle, to, stepMeters, random);
    }

    private static Coordinate[] reversed(Coordinate[] border) {
        Coordinate[] reversed = new Coordinate[border.length];
        for (int i = 0; i < border.length; i++) {
            reversed[i] = border[border.length - 1 - i];
        }
        return reversed;
    }

    /** Spread by a multiplication that can be undone: the two numbers lie near to each other, and their hashes would all be alike. */
    private static long key(int start, int end) {
        return ((long) start << Integer.SIZE | end) * 0x9E37_79B9_7F4A_7C15L;
    }

    /** An edge as an axis: {@code along} it from 0 to 1, and metres {@code aside}, to the left positive. */
    private static final class Frame {
        private final Point start;
        private final double length;
        private final double east;
        private final double north;

        Frame(Point start, Point end) {
            this.start = start;
            this.length = start.distanceTo(end);
            this.east = (end.x() - start.x()) / length;
            this.north = (end.y() - start.y()) / length;
        }

        Point at(double along, double aside) {
            double forward = along * length;
            return new Point(start.x() + forward * east - aside * north, start.y() + forward * north + aside * east);
        }

        /** The width here of the triangle between the edge and a seed; the seed's foot may lie beyond the edge's ends. */
        double widthTowards(Point seed, double along) {
            double dx = seed.x() - start.x();
            double dy = seed.y() - start.y();
            double foot = (dx * east + dy * north) / length;
            double height = Math.abs(dy * east - dx * north);
            if (along <= foot) {
                return height * along / foot;
            }
            return height * (1 - along) / (1 - foot);
        }
    }
}
