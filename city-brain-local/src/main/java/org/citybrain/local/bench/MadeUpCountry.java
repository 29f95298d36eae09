package org.citybrain.local.bench;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * Grids of a country that never was: prefectures of {@value #SIDE} by {@value #SIDE} grids each, a degree wide, small in their middle and large
 * at their borders as grids are, with crooked borders that two neighbours share corner by corner. Every polygon is made from its number alone.
 */
final class MadeUpCountry {

    private static final int SIDE = 100;
    private static final int GRIDS_PER_PREFECTURE = SIDE * SIDE;
    private static final int PREFECTURES_PER_ROW = 20;
    /** On each side of a grid, between its corners. */
    private static final int BENDS = 6;

    private static final double WEST = 85;
    private static final double SOUTH = 22;
    private static final double CROWDED = 1.7;
    private static final double CROOKED = 0.12;

    private final GeometryFactory geometries = new GeometryFactory();
    private final int prefectures;

    MadeUpCountry(int prefectures) {
        this.prefectures = prefectures;
    }

    int size() {
        return prefectures * GRIDS_PER_PREFECTURE;
    }

    int verticesOfEach() {
        return 4 * (BENDS + 1) + 1;
    }

    Polygon grid(int number) {
        int prefecture = number / GRIDS_PER_PREFECTURE;
        int column = number % GRIDS_PER_PREFECTURE % SIDE;
        int row = number % GRIDS_PER_PREFECTURE / SIDE;
        Coordinate[] ring = new Coordinate[verticesOfEach()];
        int at = 0;
        for (int i = 0; i <= BENDS; i++) {
            ring[at++] = onHorizontal(prefecture, column, row, i);
        }
        for (int i = 0; i <= BENDS; i++) {
            ring[at++] = onVertical(prefecture, column + 1, row, i);
        }
        for (int i = 0; i <= BENDS; i++) {
            ring[at++] = onHorizontal(prefecture, column, row + 1, BENDS + 1 - i);
        }
        for (int i = 0; i <= BENDS; i++) {
            ring[at++] = onVertical(prefecture, column, row, BENDS + 1 - i);
        }
        ring[at] = ring[0].copy();
        return geometries.createPolygon(ring);
    }

    /** A place that lies in this grid and no other. */
    Coordinate inside(int number, double east, double north) {
        int prefecture = number / GRIDS_PER_PREFECTURE;
        int column = number % GRIDS_PER_PREFECTURE % SIDE;
        int row = number % GRIDS_PER_PREFECTURE / SIDE;
        return new Coordinate(
                longitude(prefecture, column + 0.2 + 0.6 * east), latitude(prefecture, row + 0.2 + 0.6 * north));
    }

    /** The border below a grid, from west to east: the i-th of its vertices. */
    private static Coordinate onHorizontal(int prefecture, int column, int row, int i) {
        double bend = i == 0 || i == BENDS + 1 ? 0 : bend(prefecture, column, row, i, 1);
        return new Coordinate(
                longitude(prefecture, column + (double) i / (BENDS + 1)), latitude(prefecture, row + bend));
    }

    /** The border west of a grid, from south to north. */
    private static Coordinate onVertical(int prefecture, int column, int row, int i) {
        double bend = i == 0 || i == BENDS + 1 ? 0 : bend(prefecture, column, row, i, 2);
        return new Coordinate(
                longitude(prefecture, column + bend), latitude(prefecture, row + (double) i / (BENDS + 1)));
    }

    /** How far to its side a border goes there, in grids. Along a prefecture's own border all is straight. */
    private static double bend(int prefecture, int column, int row, int i, int direction) {
        int across = direction == 1 ? row : column;
        if (across == 0 || across == SIDE) {
            return 0;
        }
        long mixed = ((((prefecture * 131L + column) * 131 + row) * 131 + i) * 131 + direction) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
        return ((mixed >>> 40) / (double) (1 << 24) * 2 - 1) * CROOKED;
    }

    private static double longitude(int prefecture, double column) {
        return WEST + prefecture % PREFECTURES_PER_ROW + crowded(column);
    }

    private static double latitude(int prefecture, double row) {
        int prefectureRow = prefecture / PREFECTURES_PER_ROW;
        return SOUTH + prefectureRow + crowded(row);
    }

    /** From lines of equal distance to lines that lie close together in the middle; from 0 to 1. */
    private static double crowded(double line) {
        double fromMiddle = 2 * line / SIDE - 1;
        return (1 + Math.signum(fromMiddle) * Math.pow(Math.abs(fromMiddle), CROWDED)) / 2;
    }
}
