package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * A city of crooked cells: blocks of blocks of them are its units. Each cell has 32 vertices, the same on both sides of each edge.
 *
 * @param districts how many side by side and above each other; the others likewise, each within one of the tier above
 * @param cells within a grid
 */
record MadeMap(
        List<String> districtCodes, Block districts, Block streets, Block communities, Block grids, Block cells) {

    record Block(int across, int up) {
        int size() {
            return across * up;
        }
    }

    private static final double WEST = 106.2;
    private static final double SOUTH = 29.3;
    private static final double CELL_DEGREES = 0.002;
    private static final int POINTS_WITHIN_EDGE = 7;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    /** Three districts of four towns, 24 communities, 72 grids of two cells. */
    static MadeMap small() {
        return new MadeMap(
                List.of("500105", "500112", "500109"),
                new Block(3, 1),
                new Block(2, 2),
                new Block(2, 1),
                new Block(1, 3),
                new Block(2, 1));
    }

    /** 38 districts, 1,026 streets, 11,286 communities, 67,716 grids of one cell. */
    static MadeMap large() {
        List<String> codes = new ArrayList<>();
        for (int i = 1; i <= 38; i++) {
            codes.add("5001%02d".formatted(i));
        }
        return new MadeMap(
                codes, new Block(19, 2), new Block(9, 3), new Block(11, 1), new Block(2, 3), new Block(1, 1));
    }

    int gridCount() {
        return districts.size() * streets.size() * communities.size() * grids.size();
    }

    List<String> listStreets() {
        return below(districtCodes, streets, 3);
    }

    List<String> listCommunities() {
        return below(listStreets(), communities, 3);
    }

    List<String> listGrids() {
        return below(listCommunities(), grids, 3);
    }

    private static List<String> below(List<String> codes, Block block, int digits) {
        List<String> below = new ArrayList<>();
        for (String code : codes) {
            for (int i = 1; i <= block.size(); i++) {
                below.add(code + ("%0" + digits + "d").formatted(i));
            }
        }
        return below;
    }

    /** Every grid with its cells, in the order of the cells; grids in no order that matters. */
    void forEachGrid(BiConsumer<String, List<Polygon>> take) {
        int across = cells.across();
        int up = cells.up();
        for (int d = 0; d < districts.size(); d++) {
            for (int s = 0; s < streets.size(); s++) {
                for (int c = 0; c < communities.size(); c++) {
                    for (int g = 0; g < grids.size(); g++) {
                        int column = g % grids.across()
                                + grids.across()
                                        * (c % communities.across()
                                                + communities.across()
                                                        * (s % streets.across()
                                                                + streets.across() * (d % districts.across())));
                        int row = g / grids.across()
                                + grids.up()
                                        * (c / communities.across()
                                                + communities.up()
                                                        * (s / streets.across()
                                                                + streets.up() * (d / districts.across())));
                        List<Polygon> itsCells = new ArrayList<>();
                        for (int i = 0; i < cells.size(); i++) {
                            itsCells.add(cell(column * across + i % across, row * up + i / across));
                        }
                        take.accept("%s%03d%03d%03d".formatted(districtCodes.get(d), s + 1, c + 1, g + 1), itsCells);
                    }
                }
            }
        }
    }

    /** All grids by code, each as one area. */
    TreeMap<String, Geometry> drawGrids() {
        TreeMap<String, Geometry> all = new TreeMap<>();
        forEachGrid((code, itsCells) -> all.put(code, union(itsCells)));
        return all;
    }

    static Geometry union(List<? extends Geometry> areas) {
        return CoverageUnion.union(areas.toArray(Geometry[]::new));
    }

    private Polygon cell(int column, int row) {
        List<Coordinate> ring = new ArrayList<>();
        edge(ring, column, row, true, false);
        edge(ring, column + 1, row, false, false);
        edge(ring, column, row + 1, true, true);
        edge(ring, column, row, false, true);
        ring.add(ring.getFirst());
        return GEOMETRIES.createPolygon(ring.toArray(Coordinate[]::new));
    }

    /** From the corner to the next one eastward or northward, or back; without the last point. */
    private static void edge(List<Coordinate> ring, int column, int row, boolean eastward, boolean back) {
        Coordinate from = corner(column, row);
        Coordinate to = eastward ? corner(column + 1, row) : corner(column, row + 1);
        SplittableRandom random = new SplittableRandom((column * 100_003L + row) * 2 + (eastward ? 1 : 0));
        List<Coordinate> points = new ArrayList<>();
        points.add(from);
        for (int i = 1; i <= POINTS_WITHIN_EDGE; i++) {
            double share = i / (POINTS_WITHIN_EDGE + 1.0);
            double aside = 0.1 * CELL_DEGREES * (random.nextDouble() - 0.5);
            points.add(snapped(
                    from.x + share * (to.x - from.x) + (eastward ? 0 : aside),
                    from.y + share * (to.y - from.y) + (eastward ? aside : 0)));
        }
        points.add(to);
        List<Coordinate> inOrder = back ? points.reversed() : points;
        ring.addAll(inOrder.subList(0, inOrder.size() - 1));
    }

    private static Coordinate corner(int column, int row) {
        SplittableRandom random = new SplittableRandom(7 + column * 100_003L + row);
        return snapped(
                WEST + CELL_DEGREES * (column + 0.4 * (random.nextDouble() - 0.5)),
                SOUTH + CELL_DEGREES * (row + 0.4 * (random.nextDouble() - 0.5)));
    }

    private static Coordinate snapped(double x, double y) {
        return new Coordinate(Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7);
    }
}
