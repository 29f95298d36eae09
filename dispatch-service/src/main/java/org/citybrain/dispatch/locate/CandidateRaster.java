package org.citybrain.dispatch.locate;

import org.locationtech.jts.geom.Envelope;

/**
 * A raster of two levels over the map. Each cell knows the units that a place in it can belong to; where there is only one and it
 * covers the whole cell, no exact test is needed. A coarse cell that borders run through has a fine raster of its own, the finer the
 * more borders there are: downtown, where units are a hundred times smaller than in the mountains, cells are too.
 *
 * <p>A reference is a unit's number, {@code -1} for none, or {@code ~} of a place where more is written. All that belongs to one
 * coarse cell lies together, because what a look-up costs is the memory that it has to fetch. A fine raster is, from its place on:
 *
 * <ol>
 *   <li>how many cells it has per side; {@code ~} of it if its cells take 16 bits each, else they take 8
 *   <li>where its cells begin, counted from its place
 *   <li>its references
 *   <li>its cells, row by row, several in each number: which of the references is theirs
 *   <li>its lists of candidates: how many, and the units, ascending. A reference counts their place from that of the raster
 * </ol>
 */
final class CandidateRaster {

    static final int NONE = -1;
    static final int HEADER = 2;

    private final double west;
    private final double south;
    private final double east;
    private final double north;
    private final double columnsPerDegree;
    private final double rowsPerDegree;
    private final int columns;
    private final int rows;

    /** For each coarse cell a unit, none, or {@code ~} of its fine raster's place. */
    private final int[] coarse;

    private final int[] fine;

    CandidateRaster(Envelope extent, int columns, int rows, int[] coarse, int[] fine) {
        this.west = extent.getMinX();
        this.south = extent.getMinY();
        this.east = extent.getMaxX();
        this.north = extent.getMaxY();
        this.columns = columns;
        this.rows = rows;
        this.columnsPerDegree = perDegree(columns, extent.getWidth());
        this.rowsPerDegree = perDegree(rows, extent.getHeight());
        this.coarse = coarse;
        this.fine = fine;
    }

    static double perDegree(int cells, double degrees) {
        return degrees > 0 ? cells / degrees : 0;
    }

    /** The first unit that covers a place, or -1. */
    int find(double longitude, double latitude, Boundaries boundaries) {
        // Written so that what is no number is outside.
        if (!(longitude >= west && longitude <= east && latitude >= south && latitude <= north)) {
            return NONE;
        }
        double x = (longitude - west) * columnsPerDegree;
        double y = (latitude - south) * rowsPerDegree;
        int column = Math.min((int) x, columns - 1);
        int row = Math.min((int) y, rows - 1);
        int reference = coarse[row * columns + column];
        if (reference >= NONE) {
            return reference;
        }
        int raster = ~reference;
        reference = reference(raster, x - column, y - row);
        if (reference >= NONE) {
            return reference;
        }
        int first = raster + ~reference + 1;
        return boundaries.firstCovering(fine, first, first + fine[first - 1], longitude, latitude);
    }

    /**
     * @param x from the coarse cell's western edge, 0 to 1
     * @param y from its southern edge
     */
    private int reference(int raster, double x, double y) {
        boolean isNarrow = fine[raster] >= 0;
        int perSide = isNarrow ? fine[raster] : ~fine[raster];
        int column = Math.min((int) (x * perSide), perSide - 1);
        int row = Math.min((int) (y * perSide), perSide - 1);
        int cell = row * perSide + column;
        int cells = raster + fine[raster + 1];
        int which = isNarrow
                ? (fine[cells + (cell >> 2)] >>> ((cell & 3) << 3)) & 0xff
                : (fine[cells + (cell >> 1)] >>> ((cell & 1) << 4)) & 0xffff;
        return fine[raster + HEADER + which];
    }

    /** Adds all units that can have a part in this envelope, some of them more than once. */
    void collect(Envelope envelope, IntList found) {
        Envelope within = envelope.intersection(new Envelope(west, east, south, north));
        if (within.isNull()) {
            return;
        }
        // One cell of slack: where a border runs along a cell's edge, only the cell on one side may know of it.
        int fromColumn = Math.max((int) ((within.getMinX() - west) * columnsPerDegree) - 1, 0);
        int toColumn = Math.min((int) ((within.getMaxX() - west) * columnsPerDegree) + 1, columns - 1);
        int fromRow = Math.max((int) ((within.getMinY() - south) * rowsPerDegree) - 1, 0);
        int toRow = Math.min((int) ((within.getMaxY() - south) * rowsPerDegree) + 1, rows - 1);
        for (int row = fromRow; row <= toRow; row++) {
            for (int column = fromColumn; column <= toColumn; column++) {
                int reference = coarse[row * columns + column];
                if (reference >= NONE) {
                    collect(reference, 0, found);
                } else {
                    int raster = ~reference;
                    for (int i = raster + HEADER; i < raster + fine[raster + 1]; i++) {
                        collect(fine[i], raster, found);
                    }
                }
            }
        }
    }

    private void collect(int reference, int raster, IntList found) {
        if (reference >= 0) {
            found.add(reference);
        } else if (reference < NONE) {
            int first = raster + ~reference + 1;
            for (int i = first; i < first + fine[first - 1]; i++) {
                found.add(fine[i]);
            }
        }
    }

    long bytes() {
        return 4L * coarse.length + 4L * fine.length;
    }
}
