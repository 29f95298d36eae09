package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;

/**
 * Draws the outline of sets of cells, by leaving out every edge that has the same set on both sides. No arithmetic is done,
 * so the outline has exactly the vertices of its cells.
 */
public final class TraceOutlines {

    private static final int WGS84 = 4326;
    private static final GeometryFactory GEOMETRY = new GeometryFactory(new PrecisionModel(), WGS84);

    private final CellMesh mesh;
    private final WindBorders borders;

    /** @param step about how far from one vertex to the next, of the distance between two neighbouring seeds */
    public TraceOutlines(CellMesh mesh, double step) {
        this.mesh = mesh;
        this.borders = new WindBorders(mesh, step);
    }

    /**
     * The outline of a set of cells in degrees (SRID 4326): shells counter-clockwise, holes clockwise.
     *
     * @param cells ascending
     */
    public MultiPolygon trace(int[] cells) {
        List<LinearRing> shells = new ArrayList<>();
        List<LinearRing> holes = new ArrayList<>();
        for (List<Coordinate[]> loop : new OuterEdges(cells).loops()) {
            LinearRing ring = ring(loop);
            (Orientation.isCCW(ring.getCoordinateSequence()) ? shells : holes).add(ring);
        }
        Polygon[] polygons = new Polygon[shells.size()];
        Arrays.setAll(polygons, i -> withItsHoles(shells.get(i), holes));
        return GEOMETRY.createMultiPolygon(polygons);
    }

    /** Each border ends where the next begins, and the last where the first did. */
    private static LinearRing ring(List<Coordinate[]> loop) {
        int count = 1;
        for (Coordinate[] border : loop) {
            count += border.length - 1;
        }
        Coordinate[] coordinates = new Coordinate[count];
        int filled = 0;
        for (Coordinate[] border : loop) {
            System.arraycopy(border, 0, coordinates, filled, border.length);
            filled += border.length - 1;
        }
        coordinates[filled] = coordinates[0];
        return GEOMETRY.createLinearRing(coordinates);
    }

    private static Polygon withItsHoles(LinearRing shell, Collection<LinearRing> holes) {
        Polygon area = GEOMETRY.createPolygon(shell);
        if (holes.isEmpty()) {
            return area;
        }
        return GEOMETRY.createPolygon(
                shell, holes.stream().filter(hole -> area.covers(hole)).toArray(LinearRing[]::new));
    }

    /** The edges that have other cells on their far side, sorted by their starts. */
    private final class OuterEdges {

        private static final int NONE = -1;

        private final int[] cellOf;
        private final int[] edgeOf;
        private final int[] startOf;
        private final int[] inOrderOfStarts;
        private final boolean[] isWalked;

        OuterEdges(int[] cells) {
            int most = 0;
            for (int cell : cells) {
                most += mesh.edges(cell);
            }
            int[] cellOfEach = new int[most];
            int[] edgeOfEach = new int[most];
            int count = 0;
            for (int cell : cells) {
                for (int edge = 0; edge < mesh.edges(cell); edge++) {
                    if (Arrays.binarySearch(cells, mesh.neighbour(cell, edge)) < 0) {
                        cellOfEach[count] = cell;
                        edgeOfEach[count] = edge;
                        count++;
                    }
                }
            }
            this.cellOf = Arrays.copyOf(cellOfEach, count);
            this.edgeOf = Arrays.copyOf(edgeOfEach, count);
            this.startOf = new int[count];
            long[] order = new long[count];
            for (int i = 0; i < count; i++) {
                startOf[i] = mesh.edgeStart(cellOf[i], edgeOf[i]);
                order[i] = (long) startOf[i] << Integer.SIZE | i;
            }
            Arrays.sort(order);
            this.inOrderOfStarts =
                    Arrays.stream(order).mapToInt(each -> (int) each).toArray();
            this.isWalked = new boolean[count];
        }

        /** Walks the edges; wherever the walk comes back to a corner, the way since is a loop of its own. */
        List<List<Coordinate[]>> loops() {
            List<List<Coordinate[]>> loops = new ArrayList<>();
            // At the place of a corner's first edge in the order: which step of the walk began there.
            int[] stepFrom = new int[startOf.length];
            Arrays.fill(stepFrom, NONE);
            for (int first = 0; first < startOf.length; first++) {
                List<Coordinate[]> walk = new ArrayList<>();
                List<Integer> places = new ArrayList<>();
                int place = placeOf(startOf[first]);
                for (int next = unwalkedAt(place); next != NONE; next = unwalkedAt(place)) {
                    isWalked[next] = true;
                    stepFrom[place] = walk.size();
                    places.add(place);
                    walk.add(borders.along(cellOf[next], edgeOf[next]));
                    place = placeOf(mesh.edgeEnd(cellOf[next], edgeOf[next]));
                    int since = stepFrom[place];
                    if (since != NONE) {
                        loops.add(List.copyOf(walk.subList(since, walk.size())));
                        walk.subList(since, walk.size()).clear();
                        places.subList(since, places.size()).forEach(left -> stepFrom[left] = NONE);
                        places.subList(since, places.size()).clear();
                    }
                }
            }
            return loops;
        }

        /** Where the edges from a corner begin in the order. */
        private int placeOf(int corner) {
            int low = 0;
            int high = inOrderOfStarts.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (startOf[inOrderOfStarts[middle]] < corner) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private int unwalkedAt(int place) {
            int corner = startOf[inOrderOfStarts[place]];
            for (int i = place; i < inOrderOfStarts.length && startOf[inOrderOfStarts[i]] == corner; i++) {
                if (!isWalked[inOrderOfStarts[i]]) {
                    return inOrderOfStarts[i];
                }
            }
            return NONE;
        }
    }
}
