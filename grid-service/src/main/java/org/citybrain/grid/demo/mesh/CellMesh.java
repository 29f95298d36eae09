package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Triangle;
import org.locationtech.jts.triangulate.IncrementalDelaunayTriangulator;
import org.locationtech.jts.triangulate.quadedge.QuadEdge;
import org.locationtech.jts.triangulate.quadedge.QuadEdgeSubdivision;
import org.locationtech.jts.triangulate.quadedge.Vertex;

/**
 * The Voronoi cells of a set of seeds, as a planar graph: cells, the corners they share, and who lies across each edge.
 *
 * <p>A cell's number is its seed's. Edge {@code i} of a cell runs from its corner {@code i} to the next, counter-clockwise.
 * All of it lies in flat arrays, because the full city has more than 300,000 cells.
 */
public final class CellMesh {

    /** What lies across an edge at the rim, where no further seed is. */
    static final int NOTHING = -1;

    /** Shorter edges are drawn together into one corner, so that rounding can never turn a cell inside out. */
    private static final double SHORTEST_EDGE_METERS = 2;

    private final Plane plane;
    private final double[] seedX;
    private final double[] seedY;
    private final double[] cornerX;
    private final double[] cornerY;

    /** Where a cell's edges begin in the two arrays below; one more than there are cells. */
    private final int[] firstEdge;

    private final int[] startOfEdge;
    private final int[] acrossEdge;

    private CellMesh(Plane plane, List<Site> sites, List<Site> inOrderOfInsertion) {
        this.plane = plane;
        this.seedX = sites.stream().mapToDouble(Vertex::getX).toArray();
        this.seedY = sites.stream().mapToDouble(Vertex::getY).toArray();
        findSpokes(triangulate(inOrderOfInsertion));
        List<Coordinate> corners = new ArrayList<>();
        int[][] rings = numberedRings(sites, corners);
        List<Point> places = corners.stream().map(plane::toMeters).toList();
        this.cornerX = places.stream().mapToDouble(Point::x).toArray();
        this.cornerY = places.stream().mapToDouble(Point::y).toArray();
        rings = contracted(rings);
        this.firstEdge = new int[rings.length + 1];
        for (int cell = 0; cell < rings.length; cell++) {
            firstEdge[cell + 1] = firstEdge[cell] + rings[cell].length;
        }
        this.startOfEdge = Arrays.stream(rings).flatMapToInt(Arrays::stream).toArray();
        this.acrossEdge = neighbours();
    }

    /** The mesh of seeds that lie in any order. */
    public static CellMesh of(Plane plane, List<Point> seeds) {
        List<Site> sites = sites(seeds);
        return new CellMesh(
                plane,
                sites,
                sites.stream()
                        .sorted(Comparator.comparingDouble(Vertex::getX).thenComparingDouble(Vertex::getY))
                        .toList());
    }

    /** The mesh of many seeds, most of them near to the one before: so the triangle that each falls into is soon found. */
    public static CellMesh ofNeighbouring(Plane plane, List<Point> seeds) {
        List<Site> sites = sites(seeds);
        return new CellMesh(plane, sites, sites);
    }

    public int cells() {
        return seedX.length;
    }

    public Point seed(int cell) {
        return new Point(seedX[cell], seedY[cell]);
    }

    /** The corner of a cell that is farthest from its seed. The straight line there does not leave the cell before its end. */
    public Point farthestCorner(int cell) {
        Point seed = seed(cell);
        Point farthest = seed;
        for (int edge = 0; edge < edges(cell); edge++) {
            Point corner = corner(edgeStart(cell, edge));
            if (corner.distanceTo(seed) > farthest.distanceTo(seed)) {
                farthest = corner;
            }
        }
        return farthest;
    }

    Plane plane() {
        return plane;
    }

    Point corner(int corner) {
        return new Point(cornerX[corner], cornerY[corner]);
    }

    int edges(int cell) {
        return firstEdge[cell + 1] - firstEdge[cell];
    }

    int edgeStart(int cell, int edge) {
        return startOfEdge[firstEdge[cell] + edge];
    }

    int edgeEnd(int cell, int edge) {
        return edgeStart(cell, edge + 1 == edges(cell) ? 0 : edge + 1);
    }

    /** The cell across an edge, or {@link #NOTHING}. */
    int neighbour(int cell, int edge) {
        return acrossEdge[firstEdge[cell] + edge];
    }

    double edgeLength(int cell, int edge) {
        return corner(edgeStart(cell, edge)).distanceTo(corner(edgeEnd(cell, edge)));
    }

    /** Whether the cell lies at the rim of the mesh, where its shape means nothing. */
    boolean isAtRim(int cell) {
        for (int edge = 0; edge < edges(cell); edge++) {
            if (neighbour(cell, edge) == NOTHING) {
                return true;
            }
        }
        return false;
    }

    private static List<Site> sites(List<Point> seeds) {
        List<Site> sites = new ArrayList<>(seeds.size());
        for (Point seed : seeds) {
            sites.add(new Site(sites.size(), seed));
        }
        return sites;
    }

    private static QuadEdgeSubdivision triangulate(List<Site> sites) {
        Envelope around = new Envelope();
        sites.forEach(site -> around.expandToInclude(site.getCoordinate()));
        around.expandBy(around.getDiameter());
        var triangles = new QuadEdgeSubdivision(around, 0);
        var triangulator = new IncrementalDelaunayTriangulator(triangles);
        // Otherwise the triangles along the boundary become so narrow that their cells are malformed.
        triangulator.forceConvex(false);
        triangulator.insertSites(sites);
        return triangles;
    }

    private static void findSpokes(QuadEdgeSubdivision triangles) {
        for (Object found : triangles.getEdges()) {
            QuadEdge edge = (QuadEdge) found;
            keepSpoke(edge);
            keepSpoke(edge.sym());
        }
    }

    private static void keepSpoke(QuadEdge edge) {
        if (edge.orig() instanceof Site site && site.spoke == null) {
            site.spoke = edge;
        }
    }

    /**
     * The circumcentres around each site, by number. A corner lies on the rounded degrees from the start: what is computed from
     * it is the same on both sides. (JTS would make a polygon of each cell and a set of all edges: for the full city that is
     * half a gigabyte.)
     */
    private int[][] numberedRings(List<Site> sites, List<Coordinate> corners) {
        Map<Coordinate, Integer> numbers = new HashMap<>();
        int[][] rings = new int[sites.size()][];
        int[] ring = new int[8];
        for (Site site : sites) {
            QuadEdge spoke = site.spoke();
            int count = 0;
            do {
                if (count == ring.length) {
                    ring = Arrays.copyOf(ring, 2 * count);
                }
                Coordinate corner = circumcentre(spoke);
                ring[count++] =
                        numbers.computeIfAbsent(plane.toRoundedDegrees(new Point(corner.x, corner.y)), newCorner -> {
                            corners.add(newCorner);
                            return corners.size() - 1;
                        });
                spoke = spoke.oNext();
            } while (!spoke.equals(site.spoke()));
            rings[site.cell] = Arrays.copyOf(ring, count);
        }
        return rings;
    }

    /** Of the triangle beside an edge; kept at the three edges that run around it. */
    private static Coordinate circumcentre(QuadEdge edge) {
        if (edge.getData() == null) {
            QuadEdge second = edge.lNext();
            QuadEdge third = second.lNext();
            Coordinate centre = Triangle.circumcentreDD(
                    edge.orig().getCoordinate(),
                    second.orig().getCoordinate(),
                    third.orig().getCoordinate());
            edge.setData(centre);
            second.setData(centre);
            third.setData(centre);
        }
        return (Coordinate) edge.getData();
    }

    private int[][] contracted(int[][] rings) {
        int[] standsFor = new int[cornerX.length];
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

    /** Across each edge lies the cell that has the same edge the other way round; few cells meet at a corner. */
    private int[] neighbours() {
        int[] firstAtCorner = new int[cornerX.length + 1];
        for (int corner : startOfEdge) {
            firstAtCorner[corner + 1]++;
        }
        for (int corner = 0; corner < cornerX.length; corner++) {
            firstAtCorner[corner + 1] += firstAtCorner[corner];
        }
        int[] cellFrom = new int[startOfEdge.length];
        int[] endOfCells = new int[startOfEdge.length];
        int[] filled = firstAtCorner.clone();
        for (int cell = 0; cell < cells(); cell++) {
            for (int edge = 0; edge < edges(cell); edge++) {
                int slot = filled[edgeStart(cell, edge)]++;
                cellFrom[slot] = cell;
                endOfCells[slot] = edgeEnd(cell, edge);
            }
        }
        int[] across = new int[startOfEdge.length];
        Arrays.fill(across, NOTHING);
        for (int cell = 0; cell < cells(); cell++) {
            for (int edge = 0; edge < edges(cell); edge++) {
                int end = edgeEnd(cell, edge);
                for (int slot = firstAtCorner[end]; slot < firstAtCorner[end + 1]; slot++) {
                    if (endOfCells[slot] == edgeStart(cell, edge)) {
                        across[firstEdge[cell] + edge] = cellFrom[slot];
                    }
                }
            }
        }
        return across;
    }

    /** A seed in the triangulation, with one of the edges from it. */
    private static final class Site extends Vertex {
        private final int cell;
        private @Nullable QuadEdge spoke;

        Site(int cell, Point seed) {
            super(seed.x(), seed.y());
            this.cell = cell;
        }

        QuadEdge spoke() {
            if (spoke == null) {
                throw new IllegalStateException("the seed of cell " + cell + " lies on another one");
            }
            return spoke;
        }
    }
}
