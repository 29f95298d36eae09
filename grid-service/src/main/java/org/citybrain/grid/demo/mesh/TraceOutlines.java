package org.citybrain.grid.demo.mesh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    public TraceOutlines(CellMesh mesh) {
        this.mesh = mesh;
        this.borders = new WindBorders(mesh);
    }

    /** The outline of a set of cells in degrees (SRID 4326): shells counter-clockwise, holes clockwise. */
    public MultiPolygon trace(int[] cells) {
        int[] sorted = Arrays.stream(cells).sorted().toArray();
        List<LinearRing> shells = new ArrayList<>();
        List<LinearRing> holes = new ArrayList<>();
        for (List<Coordinate[]> loop : loops(outerEdges(sorted))) {
            LinearRing ring = ring(loop);
            (Orientation.isCCW(ring.getCoordinateSequence()) ? shells : holes).add(ring);
        }
        return GEOMETRY.createMultiPolygon(
                shells.stream().map(shell -> withItsHoles(shell, holes)).toArray(Polygon[]::new));
    }

    private Map<Integer, Deque<Edge>> outerEdges(int[] sortedCells) {
        Map<Integer, Deque<Edge>> byStart = new LinkedHashMap<>();
        for (int cell : sortedCells) {
            for (int edge = 0; edge < mesh.edges(cell); edge++) {
                if (Arrays.binarySearch(sortedCells, mesh.neighbour(cell, edge)) < 0) {
                    Edge outer = new Edge(mesh.edgeEnd(cell, edge), borders.along(cell, edge));
                    byStart.computeIfAbsent(mesh.edgeStart(cell, edge), start -> new ArrayDeque<>())
                            .add(outer);
                }
            }
        }
        return byStart;
    }

    /** Walks the edges; wherever the walk comes back to a corner, the way since is a loop of its own. */
    private static List<List<Coordinate[]>> loops(Map<Integer, Deque<Edge>> byStart) {
        List<List<Coordinate[]>> loops = new ArrayList<>();
        for (int start : List.copyOf(byStart.keySet())) {
            List<Coordinate[]> walk = new ArrayList<>();
            Map<Integer, Integer> visited = new HashMap<>();
            List<Integer> corners = new ArrayList<>();
            int corner = start;
            for (Edge edge = next(byStart, corner); edge != null; edge = next(byStart, corner)) {
                visited.put(corner, walk.size());
                corners.add(corner);
                walk.add(edge.border());
                corner = edge.end();
                Integer since = visited.get(corner);
                if (since != null) {
                    loops.add(List.copyOf(walk.subList(since, walk.size())));
                    walk.subList(since, walk.size()).clear();
                    corners.subList(since, corners.size()).forEach(visited::remove);
                    corners.subList(since, corners.size()).clear();
                }
            }
        }
        return loops;
    }

    private static @Nullable Edge next(Map<Integer, Deque<Edge>> byStart, int corner) {
        Deque<Edge> edges = byStart.get(corner);
        return edges == null ? null : edges.poll();
    }

    private static LinearRing ring(List<Coordinate[]> loop) {
        Coordinate[] coordinates = loop.stream()
                .flatMap(border -> Arrays.stream(border, 0, border.length - 1))
                .toArray(Coordinate[]::new);
        return GEOMETRY.createLinearRing(Stream.concat(Arrays.stream(coordinates), Stream.of(coordinates[0]))
                .toArray(Coordinate[]::new));
    }

    private static Polygon withItsHoles(LinearRing shell, Collection<LinearRing> holes) {
        Polygon area = GEOMETRY.createPolygon(shell);
        return GEOMETRY.createPolygon(
                shell, holes.stream().filter(hole -> area.covers(hole)).toArray(LinearRing[]::new));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Edge(int end, Coordinate[] border) {}
}
