package org.citybrain.grid.tile;

import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;

/**
 * Which tile: the square x from the west, y from the north of the 2^z by 2^z squares of the world in web Mercator (EPSG:3857).
 */
public record TileAddress(int z, int x, int y) {

    /** Units along the edge of a tile. */
    static final int EXTENT = 4096;

    /** How far a tile reaches beyond its edge, so that no border is drawn there: as lines of a few pixels need it. */
    static final int BUFFER = 64;

    /** Web Mercator goes no farther north and south. */
    private static final double LARGEST_LATITUDE = 85.06;

    /** @throws RequestProblem {@code BAD_TILE} if there is no such tile */
    static TileAddress read(String z, String x, String y) {
        int zoom = number("z", z, Tileset.LARGEST_ZOOM);
        int last = (1 << zoom) - 1;
        return new TileAddress(zoom, number("x", x, last), number("y", y, last));
    }

    double west() {
        return Math.max(-180, longitude(x - margin()));
    }

    double east() {
        return Math.min(180, longitude(x + 1 + margin()));
    }

    double south() {
        return Math.max(-LARGEST_LATITUDE, latitude(y + 1 + margin()));
    }

    double north() {
        return Math.min(LARGEST_LATITUDE, latitude(y - margin()));
    }

    /** Of a tile that is shown 256 pixels wide, at the equator. */
    double degreesOfHalfAPixel() {
        return 360.0 / 256 / (1 << z) / 2;
    }

    private static double margin() {
        return (double) BUFFER / EXTENT;
    }

    private double longitude(double column) {
        return column / (1 << z) * 360 - 180;
    }

    private double latitude(double row) {
        return Math.toDegrees(Math.atan(Math.sinh(Math.PI * (1 - 2 * row / (1 << z)))));
    }

    private static int number(String name, String value, int largest) {
        if (value.matches("[0-9]{1,7}")) {
            int number = Integer.parseInt(value);
            if (number <= largest) {
                return number;
            }
        }
        throw new RequestProblem(ProblemReason.BAD_TILE, name, value, "a whole number from 0 to " + largest);
    }
}
