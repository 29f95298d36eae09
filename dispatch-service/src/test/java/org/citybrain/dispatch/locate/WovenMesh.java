package org.citybrain.dispatch.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateList;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * A mesh of irregular cells without gap or overlap: a lattice whose corners are shaken and whose edges wind, pulled together in its
 * middle as a city is, where cells are some three hundred times smaller than at its rim. Every edge is made once, for both sides.
 */
final class WovenMesh {

    private static final double WEST = 105.3;
    private static final double SOUTH = 28.2;
    private static final double WIDTH = 4.8;
    private static final double HEIGHT = 4;
    private static final double SHAKE = 0.25;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final int columns;
    private final int rows;
    private final int steps;
    private final double unitsPerDegree;
    private final Coordinate[][] corners;
    private final Coordinate[][][] eastward;
    private final Coordinate[][][] northward;

    /**
     * @param steps vertices per edge; a cell has four edges
     * @param unitsPerDegree what coordinates are rounded to; 0 for not at all
     */
    WovenMesh(int columns, int rows, int steps, double unitsPerDegree, long seed) {
        this.columns = columns;
        this.rows = rows;
        this.steps = steps;
        this.unitsPerDegree = unitsPerDegree;
        SplittableRandom random = new SplittableRandom(seed);
        corners = new Coordinate[columns + 1][rows + 1];
        for (int i = 0; i <= columns; i++) {
            for (int j = 0; j <= rows; j++) {
                corners[i][j] = new Coordinate(i + shake(random), j + shake(random));
            }
        }
        eastward = new Coordinate[columns][rows + 1][];
        northward = new Coordinate[columns + 1][rows][];
        for (int i = 0; i <= columns; i++) {
            for (int j = 0; j <= rows; j++) {
                if (i < columns) {
                    eastward[i][j] = wind(corners[i][j], corners[i + 1][j], random);
                }
                if (j < rows) {
                    northward[i][j] = wind(corners[i][j], corners[i][j + 1], random);
                }
            }
        }
    }

    /** The cells, row by row. */
    List<Polygon> cells() {
        List<Polygon> cells = new ArrayList<>(columns * rows);
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < columns; i++) {
                cells.add(cell(i, j));
            }
        }
        return cells;
    }

    private Polygon cell(int i, int j) {
        CoordinateList ring = new CoordinateList();
        ring.add(eastward[i][j], false);
        ring.add(northward[i + 1][j], false);
        ring.add(eastward[i][j + 1], false, false);
        ring.add(northward[i][j], false, false);
        ring.closeRing();
        return GEOMETRIES.createPolygon(ring.toCoordinateArray());
    }

    private Coordinate[] wind(Coordinate from, Coordinate to, SplittableRandom random) {
        Coordinate[] edge = new Coordinate[steps + 1];
        double dx = to.x - from.x;
        double dy = to.y - from.y;
        for (int k = 0; k <= steps; k++) {
            double along = (double) k / steps;
            double aside = k == 0 || k == steps ? 0 : (random.nextDouble() - 0.5) * 0.3 * Math.min(along, 1 - along);
            edge[k] = place(from.x + along * dx - aside * dy, from.y + along * dy + aside * dx);
        }
        return edge;
    }

    private static double shake(SplittableRandom random) {
        return (random.nextDouble() - 0.5) * SHAKE;
    }

    private Coordinate place(double i, double j) {
        double x = rounded(WEST + WIDTH * pulled(i / columns));
        double y = rounded(SOUTH + HEIGHT * pulled(j / rows));
        return new Coordinate(x, y);
    }

    /** From -ish 0 to 1, fifteen times slower in the middle than at both ends. */
    private static double pulled(double t) {
        double u = 2 * t - 1;
        return 0.5 + 0.5 * (0.1 * u + 0.9 * u * u * u);
    }

    private double rounded(double degrees) {
        return unitsPerDegree == 0 ? degrees : Math.round(degrees * unitsPerDegree) / unitsPerDegree;
    }
}
