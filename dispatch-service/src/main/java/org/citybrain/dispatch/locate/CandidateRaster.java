package org.citybrain.dispatch.locate;

import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * A flat raster over the map. Each cell knows the grids that a point in it can belong to; where there is only one and it covers the
 * whole cell, no exact test is needed.
 */
final class CandidateRaster {

    private static final int CELLS_PER_GRID = 24;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final Envelope extent;
    private final int columns;
    private final int rows;
    private final double cellWidth;
    private final double cellHeight;
    /** Where each cell's candidates begin; one more entry than cells. */
    private final int[] starts;
    /** Indexes of grids, ascending within a cell; as {@code ~index} where the grid covers the whole cell. */
    private final int[] candidates;

    CandidateRaster(List<Grid> grids) {
        extent = new Envelope();
        grids.forEach(g -> extent.expandToInclude(g.boundary().getEnvelopeInternal()));
        double cells = Math.max(1, (double) CELLS_PER_GRID * grids.size());
        double aspect = extent.getHeight() == 0 ? 1 : extent.getWidth() / extent.getHeight();
        columns = (int) Math.max(1, Math.ceil(Math.sqrt(cells * aspect)));
        rows = (int) Math.max(1, Math.ceil(cells / columns));
        cellWidth = extent.getWidth() / columns;
        cellHeight = extent.getHeight() / rows;

        IntPairs found = new IntPairs();
        for (int i = 0; i < grids.size(); i++) {
            collect(i, grids.get(i).boundary(), found);
        }
        starts = new int[columns * rows + 1];
        for (int i = 0; i < found.size; i++) {
            starts[found.cells[i] + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        candidates = new int[found.size];
        int[] next = Arrays.copyOf(starts, starts.length);
        for (int i = 0; i < found.size; i++) {
            candidates[next[found.cells[i]]++] = found.grids[i];
        }
    }

    /** The cell of a place, or -1 outside the map. */
    int cellOf(double longitude, double latitude) {
        if (!extent.contains(longitude, latitude)) {
            return -1;
        }
        int column = Math.min(columns - 1, (int) ((longitude - extent.getMinX()) / cellWidth));
        int row = Math.min(rows - 1, (int) ((latitude - extent.getMinY()) / cellHeight));
        return row * columns + column;
    }

    int firstCandidate(int cell) {
        return starts[cell];
    }

    int lastCandidate(int cell) {
        return starts[cell + 1];
    }

    /** A grid's index, or {@code ~index} where it covers the whole cell. */
    int candidate(int i) {
        return candidates[i];
    }

    private void collect(int index, Geometry boundary, IntPairs found) {
        Envelope envelope = boundary.getEnvelopeInternal();
        // One cell of slack: a point's cell is computed with rounding, so its neighbours must know the grid as well.
        int fromColumn = Math.max(0, (int) ((envelope.getMinX() - extent.getMinX()) / cellWidth) - 1);
        int toColumn = Math.min(columns - 1, (int) ((envelope.getMaxX() - extent.getMinX()) / cellWidth) + 1);
        int fromRow = Math.max(0, (int) ((envelope.getMinY() - extent.getMinY()) / cellHeight) - 1);
        int toRow = Math.min(rows - 1, (int) ((envelope.getMaxY() - extent.getMinY()) / cellHeight) + 1);
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(boundary);
        for (int row = fromRow; row <= toRow; row++) {
            for (int column = fromColumn; column <= toColumn; column++) {
                Geometry cell = GEOMETRIES.toGeometry(widened(row, column));
                if (prepared.intersects(cell)) {
                    found.add(row * columns + column, prepared.containsProperly(cell) ? ~index : index);
                }
            }
        }
    }

    /** The cell's square, a little larger than it is, so that rounding at its border cannot matter. */
    private Envelope widened(int row, int column) {
        double west = extent.getMinX() + column * cellWidth;
        double south = extent.getMinY() + row * cellHeight;
        Envelope cell = new Envelope(west, west + cellWidth, south, south + cellHeight);
        cell.expandBy(cellWidth * 1e-6, cellHeight * 1e-6);
        return cell;
    }

    /** A growing list of (cell, grid). */
    private static final class IntPairs {
        private int[] cells = new int[1024];
        private int[] grids = new int[1024];
        private int size;

        void add(int cell, int grid) {
            if (size == cells.length) {
                cells = Arrays.copyOf(cells, size * 2);
                grids = Arrays.copyOf(grids, size * 2);
            }
            cells[size] = cell;
            grids[size++] = grid;
        }
    }
}
