package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

/**
 * The Voronoi cells of a set of seeds, as a planar graph: cells, the corners they share, and who lies across each edge.
 *
 * <p>A cell's number is its seed's. Edge {@code i} of a cell runs from its corner {@code i} to the next, counter-clockwise.
 */
public final class CellMesh {

    /** What lies across an edge at the rim, where no further seed is. */
    static final int NOTHING = -1;

    /** Shorter edges are drawn together into one corner, so that rounding can never turn a cell inside out. */
    private static final double SHORTEST_EDGE_METERS = 2;

    private final Plane plane;
    private final List<Point> seeds;
    private final List<Point> corners = new ArrayList<>();
    private final int[][] cornersOf;
    private final int[][] neighboursOf;

    public CellMesh(Plane plane, List<Point> seeds) {
        this.plane = plane;
        this.seeds = List.copyOf(seeds);
        this.cornersOf = contracted(numberedRings());
        this.neighboursOf = neighbours();
    }

    public int cells() {
        return seeds.size();
    }

    public Point seed(int cell) {
        return seeds.get(cell);
    }

    /** The corner of a cell that is farthest from its seed. The straight line there does not leave the cell before its end. */
    public Point farthestCorner(int cell) {
        Point farthest = seed(cell);
        for (int corner : cornersOf[cell]) {
            if (corners.get(corner).distanceTo(seed(cell)) > farthest.distanceTo(seed(cell))) {
                farthest = corners.get(corner);
            }
        }
        return farthest;
    }

    Plane plane() {
        return plane;
    }

    Point corner(int corner) {
        return corners.get(corner);
    }

    int edges(int cell) {
        return cornersOf[cell].length;
    }

    int edgeStart(int cell, int edge) {
        return cornersOf[cell][edge];
    }

    int edgeEnd(int cell, int edge) {
        return cornersOf[cell][(edge + 1) % cornersOf[cell].length];
    }

    /** The cell across an edge, or {@link #NOTHING}. */
    int neighbour(int cell, int edge) {
        return neighboursOf[cell][edge];
    }

    double edgeLength(int cell, int edge) {
        return corner(edgeStart(cell, edge)).distanceTo(corner(edgeEnd(cell, edge)));
    }

    /** Whether the cell lies at the rim of the mesh, where its shape means nothing. */
    boolean isAtRim(int cell) {
        return Arrays.stream(neighboursOf[cell]).anyMatch(neighbour -> neighbour == NOTHING);
    }

    private int[][] numberedRings() {
        Map<Coordinate, Integer> cellOfSite = new HashMap<>();
        List<Coordinate> sites = new ArrayList<>();
        for (int cell = 0; cell < seeds.size(); cell++) {
            Coordinate site = new Coordinate(seed(cell).x(), seed(cell).y());
            sites.add(site);
            cellOfSite.put(site, cell);
        }
        Coordinate[][] rings = new Coordinate[seeds.size()][];
        for (Object polygon : voronoi(sites)) {
            Coordinate site = (Coordinate) ((Polygon) polygon).getUserData();
            Coordinate[] ring = ((Polygon) polygon).getExteriorRing().getCoordinates();
            rings[Objects.requireNonNull(cellOfSite.get(site))] = Orientation.isCCW(ring)
                    ? ring
                    : ((Polygon) polygon).reverse().getCoordinates();
        }
        Map<Coordinate, Integer> numbers = new HashMap<>();
        int[][] numbered = new int[seeds.size()][];
        for (int cell = 0; cell < rings.length; cell++) {
            numbered[cell] = Arrays.stream(rings[cell], 0, rings[cell].length - 1)
                    .mapToInt(corner -> numberOf(corner, numbers))
                    .toArray();
        }
        return numbered;
    }

    private static List<?> voronoi(List<Coordinate> sites) {
        VoronoiDiagramBuilder voronoi = new VoronoiDiagramBuilder();
        voronoi.setSites(sites);
        return voronoi.getSubdivision().getVoronoiCellPolygons(new GeometryFactory());
    }

    /** A corner lies on the rounded degrees from the start: what is computed from it is the same on both sides. */
    private int numberOf(Coordinate corner, Map<Coordinate, Integer> numbers) {
        Coordinate degrees = plane.toRoundedDegrees(new Point(corner.x, corner.y));
        return numbers.computeIfAbsent(degrees, newCorner -> {
            corners.add(plane.toMeters(newCorner));
            return corners.size() - 1;
        });
    }

    private int[][] contracted(int[][] rings) {
        int[] standsFor = new int[corners.size()];
        Arrays.setAll(standsFor, corner -> corner);
        for (int[] ring : rings) {
            for (int i = 0; i < ring.length; i++) {
                int a = root(standsFor, ring[i]);
                int b = root(standsFor, ring[(i + 1) % ring.length]);
                if (corner(a).distanceTo(corner(b)) < SHORTEST_EDGE_METERS) {
                    standsFor[Math.max(a, b)] = Math.min(a, b);
                }
            }
        }
        return Arrays.stream(rings)
                .map(ring -> withoutRepeats(Arrays.stream(ring)
                        .map(corner -> root(standsFor, corner))
                        .toArray()))
                .toArray(int[][]::new);
    }

    private static int root(int[] standsFor, int corner) {
        int root = corner;
        while (standsFor[root] != root) {
            root = standsFor[root];
        }
        return root;
    }

    private static int[] withoutRepeats(int[] ring) {
        int[] kept = new int[ring.length];
        int count = 0;
        for (int i = 0; i < ring.length; i++) {
            if (ring[i] != ring[(i + 1) % ring.length]) {
                kept[count++] = ring[i];
            }
        }
        if (count < 3) {
            throw new IllegalStateException("a cell has shrunk to " + count + " corners: its seeds lie too near");
        }
        return Arrays.copyOf(kept, count);
    }

    private int[][] neighbours() {
        Map<Long, Integer> cellLeftOf = new HashMap<>();
        for (int cell = 0; cell < cells(); cell++) {
            for (int edge = 0; edge < edges(cell); edge++) {
                cellLeftOf.put(key(edgeStart(cell, edge), edgeEnd(cell, edge)), cell);
            }
        }
        int[][] neighbours = new int[cells()][];
        for (int cell = 0; cell < cells(); cell++) {
            neighbours[cell] = new int[edges(cell)];
            for (int edge = 0; edge < edges(cell); edge++) {
                neighbours[cell][edge] =
                        cellLeftOf.getOrDefault(key(edgeEnd(cell, edge), edgeStart(cell, edge)), NOTHING);
            }
        }
        return neighbours;
    }

    private static long key(int start, int end) {
        return (long) start << Integer.SIZE | end;
    }
}
