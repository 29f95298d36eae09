package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;

/**
 * Puts a neighbour's vertices into an edge that runs through them, so that both sides of a border have the same ones: where three units
 * meet on the edge of a fourth, many files have a vertex on one side only. An edge moves by two centimetres at most.
 *
 * <p>All in whole units of the seventh decimal. Vertices of the file only: a unit that the file does not draw stays as it is.
 */
final class MatchBorders {

    /** Squares of some 80 m. */
    private static final int UNITS_PER_CELL = 8192;

    /** So near to an edge a vertex is meant to lie on it. */
    private static final double NEAR_UNITS = 2;

    private final Map<Long, long[]> cells = new HashMap<>();
    private final ReadFeatures.Features file;
    private final List<ImportReport.Repair> repaired;
    private int repairedCount;

    MatchBorders(ReadFeatures.Features file) {
        this.file = file;
        this.repaired = new ArrayList<>(file.repaired());
        this.repairedCount = file.repairedCount();
    }

    ReadFeatures.Features match() {
        for (ImportFeature feature : file.features()) {
            if (feature.boundary() != null) {
                rings(feature.boundary()).forEach(this::index);
            }
        }
        List<ImportFeature> matched = new ArrayList<>(file.features().size());
        for (ImportFeature feature : file.features()) {
            matched.add(feature.boundary() == null ? feature : matched(feature, feature.boundary()));
        }
        return new ReadFeatures.Features(matched, repaired, repairedCount);
    }

    private ImportFeature matched(ImportFeature feature, MultiPolygon boundary) {
        int before = boundary.getNumPoints();
        List<Polygon> polygons = Boundaries.polygons(boundary);
        MultiPolygon with = Boundaries.WGS84.createMultiPolygon(
                polygons.stream().map(this::matched).toArray(Polygon[]::new));
        int inserted = with.getNumPoints() - before;
        if (inserted == 0 || !with.isValid()) {
            return feature;
        }
        repairedCount++;
        if (repaired.size() < ImportProblems.MOST_TOLD) {
            repaired.add(new ImportReport.Repair(
                    feature.code(),
                    feature.index(),
                    inserted + " vertices of its neighbours are put into its border",
                    SquareMeters.rounded(with)));
        }
        return feature.drawnAs(with);
    }

    private Polygon matched(Polygon polygon) {
        LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = matched(polygon.getInteriorRingN(i));
        }
        return Boundaries.WGS84.createPolygon(matched(polygon.getExteriorRing()), holes);
    }

    private LinearRing matched(LinearRing ring) {
        List<long[]> runs = new ArrayList<>();
        int length = 1;
        for (int i = 0; i + 1 < ring.getNumPoints(); i++) {
            long[] within = listOnEdge(vertex(ring, i), vertex(ring, i + 1));
            runs.add(within);
            length += 1 + within.length;
        }
        if (length == ring.getNumPoints()) {
            return ring;
        }
        double[] positions = new double[2 * length];
        int at = 0;
        for (int i = 0; i < runs.size(); i++) {
            at = put(positions, at, vertex(ring, i));
            for (long inserted : runs.get(i)) {
                at = put(positions, at, inserted);
            }
        }
        put(positions, at, vertex(ring, 0));
        return Boundaries.ring(positions);
    }

    private static int put(double[] positions, int at, long vertex) {
        positions[at] = x(vertex) / Boundaries.ROUNDING_PER_DEGREE;
        positions[at + 1] = y(vertex) / Boundaries.ROUNDING_PER_DEGREE;
        return at + 2;
    }

    /** Vertices that lie on an edge, without its ends, in their order along it. */
    private long[] listOnEdge(long from, long to) {
        List<Long> found = new ArrayList<>();
        int west = cell((int) (Math.min(x(from), x(to)) - NEAR_UNITS));
        int east = cell((int) (Math.max(x(from), x(to)) + NEAR_UNITS));
        int south = cell((int) (Math.min(y(from), y(to)) - NEAR_UNITS));
        int north = cell((int) (Math.max(y(from), y(to)) + NEAR_UNITS));
        for (int column = west; column <= east; column++) {
            for (int row = south; row <= north; row++) {
                for (long vertex : cells.getOrDefault(packed(column, row), new long[0])) {
                    if (vertex != from && vertex != to && !found.contains(vertex) && isOnEdge(vertex, from, to)) {
                        found.add(vertex);
                    }
                }
            }
        }
        found.sort(Comparator.comparingDouble(vertex -> along(vertex, from, to)));
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    private static boolean isOnEdge(long vertex, long from, long to) {
        double along = along(vertex, from, to);
        double east = (double) x(to) - x(from);
        double north = (double) y(to) - y(from);
        double aside = Math.abs(east * ((double) y(vertex) - y(from)) - north * ((double) x(vertex) - x(from)))
                / Math.hypot(east, north);
        return along > 0 && along < 1 && aside <= NEAR_UNITS;
    }

    private static double along(long vertex, long from, long to) {
        double east = (double) x(to) - x(from);
        double north = (double) y(to) - y(from);
        return (east * ((double) x(vertex) - x(from)) + north * ((double) y(vertex) - y(from)))
                / (east * east + north * north);
    }

    private void index(LinearRing ring) {
        for (int i = 0; i + 1 < ring.getNumPoints(); i++) {
            long vertex = vertex(ring, i);
            cells.merge(packed(cell(x(vertex)), cell(y(vertex))), new long[] {vertex}, MatchBorders::joined);
        }
    }

    private static long[] joined(long[] some, long[] one) {
        for (long vertex : some) {
            if (vertex == one[0]) {
                return some;
            }
        }
        long[] joined = Arrays.copyOf(some, some.length + 1);
        joined[some.length] = one[0];
        return joined;
    }

    private static List<LinearRing> rings(MultiPolygon boundary) {
        List<LinearRing> rings = new ArrayList<>();
        for (Polygon polygon : Boundaries.polygons(boundary)) {
            rings.add(polygon.getExteriorRing());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                rings.add(polygon.getInteriorRingN(i));
            }
        }
        return rings;
    }

    private static long vertex(LinearRing ring, int index) {
        return packed((int) Math.round(ring.getCoordinateSequence().getX(index) * Boundaries.ROUNDING_PER_DEGREE), (int)
                Math.round(ring.getCoordinateSequence().getY(index) * Boundaries.ROUNDING_PER_DEGREE));
    }

    private static int cell(int units) {
        return Math.floorDiv(units, UNITS_PER_CELL);
    }

    private static long packed(int x, int y) {
        return ((long) x << 32) | (y & 0xffff_ffffL);
    }

    private static int x(long packed) {
        return (int) (packed >> 32);
    }

    private static int y(long packed) {
        return (int) packed;
    }
}
