package org.citybrain.dispatch.locate;

import java.util.Arrays;
import org.locationtech.jts.geom.Envelope;

/**
 * Draws the boundaries of all units into a {@link CandidateRaster}: their edges mark the cells that they run through, and between
 * them rows of cells are filled. First the coarse cells, then each one that has borders in it on its own.
 */
final class RasteriseBoundaries {

    /** About as many coarse cells as that for each unit, on the rectangle around the map. */
    private static final double COARSE_CELLS_PER_UNIT = 2;

    /** How many fine cells a coarse one has per side, for each length of its own side that borders run through it. */
    private static final double FINE_CELLS_PER_BORDER = 4;

    private static final int MOST_FINE_CELLS_PER_SIDE = 128;

    private final Boundaries boundaries;
    private final Envelope extent = new Envelope();
    private final int columns;
    private final int rows;
    private final double columnsPerDegree;
    private final double rowsPerDegree;

    private final Rings rings = new Rings();
    private final IntList fine = new IntList(1 << 14);

    private RasteriseBoundaries(Boundaries boundaries) {
        this.boundaries = boundaries;
        for (int i = 0; i < boundaries.size(); i++) {
            boundaries.copy(i, rings);
            extent.expandToInclude(rings.envelope());
        }
        double wanted = Math.max(1, COARSE_CELLS_PER_UNIT * boundaries.size());
        double aspect = extent.getHeight() > 0 && extent.getWidth() > 0 ? extent.getWidth() / extent.getHeight() : 1;
        columns = (int) Math.max(1, Math.ceil(Math.sqrt(wanted * aspect)));
        rows = (int) Math.max(1, Math.ceil(wanted / columns));
        columnsPerDegree = CandidateRaster.perDegree(columns, extent.getWidth());
        rowsPerDegree = CandidateRaster.perDegree(rows, extent.getHeight());
        // So that ~0, which is none, is never the place of anything.
        fine.add(0);
    }

    static CandidateRaster rasterise(Boundaries boundaries) {
        return new RasteriseBoundaries(boundaries).rasterise();
    }

    private CandidateRaster rasterise() {
        Marks marks = markCoarseCells();
        int[] starts = marks.countPerCell(columns * rows);
        int[] byCell = marks.inOrderOfCells(starts);
        int[] coarse = new int[columns * rows];
        FineRaster raster = new FineRaster();
        for (int cell = 0; cell < coarse.length; cell++) {
            int from = starts[cell];
            int to = starts[cell + 1];
            if (from == to) {
                coarse[cell] = CandidateRaster.NONE;
            } else if (marks.isInside(byCell[from])) {
                // The lowest number covers the whole cell.
                coarse[cell] = marks.unit(byCell[from]);
            } else {
                coarse[cell] = ~raster.draw(cell, marks, byCell, from, to);
            }
        }
        return new CandidateRaster(extent, columns, rows, coarse, fine.toArray());
    }

    private Marks markCoarseCells() {
        Marks marks = new Marks();
        Canvas canvas = new Canvas(columns, rows);
        for (int unit = 0; unit < boundaries.size(); unit++) {
            canvas.draw(unit, 0, 0, 1);
            for (int i = 0; i < canvas.touchedCount; i++) {
                int cell = canvas.touched[i];
                marks.add(cell, unit, canvas.border[cell]);
            }
            for (int i = 0; i < canvas.insideCount; i++) {
                marks.add(canvas.inside[i], unit, 0);
            }
        }
        return marks;
    }

    /** What the coarse cells know: for each pair of a cell and a unit how much of the unit's border runs through it, 0 if it is inside. */
    private static final class Marks {

        private final IntList cells = new IntList(1 << 14);
        private final IntList units = new IntList(1 << 14);
        private float[] borders = new float[1 << 14];

        void add(int cell, int unit, float border) {
            if (cells.size() == borders.length) {
                borders = Arrays.copyOf(borders, 2 * borders.length);
            }
            borders[cells.size()] = border;
            cells.add(cell);
            units.add(unit);
        }

        int unit(int mark) {
            return units.get(mark);
        }

        float border(int mark) {
            return borders[mark];
        }

        boolean isInside(int mark) {
            return borders[mark] == 0;
        }

        /** Where each cell's marks begin, in the order of cells. */
        int[] countPerCell(int cellCount) {
            int[] starts = new int[cellCount + 1];
            for (int i = 0; i < cells.size(); i++) {
                starts[cells.get(i) + 1]++;
            }
            for (int i = 1; i < starts.length; i++) {
                starts[i] += starts[i - 1];
            }
            return starts;
        }

        /** Within a cell the units stay in their order. */
        int[] inOrderOfCells(int[] starts) {
            int[] next = Arrays.copyOf(starts, starts.length);
            int[] sorted = new int[cells.size()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[next[cells.get(i)]++] = i;
            }
            return sorted;
        }
    }

    /** The fine raster of one coarse cell after the other. */
    private final class FineRaster {

        private final Canvas canvas = new Canvas(MOST_FINE_CELLS_PER_SIDE, MOST_FINE_CELLS_PER_SIDE);
        /** For each fine cell the set of units found in it so far. */
        private final int[] sets = new int[MOST_FINE_CELLS_PER_SIDE * MOST_FINE_CELLS_PER_SIDE];
        /** A set is another one and one unit more; {@code ~unit} where that covers the whole cell. Set 0 is empty. */
        private final Sets known = new Sets();

        /** Returns its place in {@link CandidateRaster}'s list of fine rasters. */
        int draw(int coarseCell, Marks marks, int[] byCell, int from, int to) {
            int perSide = cellsPerSide(marks, byCell, from, to);
            canvas.resize(perSide, perSide);
            known.clear();
            Arrays.fill(sets, 0, perSide * perSide, 0);
            for (int i = from; i < to; i++) {
                int unit = marks.unit(byCell[i]);
                known.beginUnit(unit);
                canvas.draw(unit, coarseCell % columns, coarseCell / columns, perSide);
                for (int j = 0; j < canvas.touchedCount; j++) {
                    int cell = canvas.touched[j];
                    sets[cell] = known.with(sets[cell], false);
                }
                for (int j = 0; j < canvas.insideCount; j++) {
                    int cell = canvas.inside[j];
                    sets[cell] = known.with(sets[cell], true);
                }
            }
            return write(perSide);
        }

        private int cellsPerSide(Marks marks, int[] byCell, int from, int to) {
            double border = 0;
            for (int i = from; i < to; i++) {
                border += marks.border(byCell[i]);
            }
            // Nearly every border is that of two units.
            int perSide = (int) Math.ceil(FINE_CELLS_PER_BORDER * border / 2);
            return Math.clamp(perSide, 1, MOST_FINE_CELLS_PER_SIDE);
        }

        private int write(int perSide) {
            int count = perSide * perSide;
            int raster = fine.size();
            fine.add(perSide);
            fine.add(0);
            for (int i = 0; i < count; i++) {
                if (known.places[sets[i]] < 0) {
                    known.places[sets[i]] = fine.size() - raster - CandidateRaster.HEADER;
                    fine.add(sets[i]);
                }
            }
            int cells = fine.size();
            fine.set(raster + 1, cells - raster);
            boolean isNarrow = cells - raster - CandidateRaster.HEADER <= 1 << Byte.SIZE;
            if (!isNarrow) {
                fine.set(raster, ~perSide);
            }
            writeCells(count, isNarrow ? Byte.SIZE : Character.SIZE);
            for (int i = raster + CandidateRaster.HEADER; i < cells; i++) {
                fine.set(i, reference(fine.get(i), raster));
            }
            return raster;
        }

        private void writeCells(int count, int bits) {
            int perNumber = Integer.SIZE / bits;
            for (int i = 0; i < count; i += perNumber) {
                int number = 0;
                for (int j = i; j < Math.min(i + perNumber, count); j++) {
                    number |= known.places[sets[j]] << ((j - i) * bits);
                }
                fine.add(number);
            }
        }

        private int reference(int set, int raster) {
            int size = known.list(set);
            if (size == 0) {
                return CandidateRaster.NONE;
            }
            if (known.listed[0] < 0) {
                // The lowest number covers the whole cell.
                return ~known.listed[0];
            }
            int place = fine.size() - raster;
            fine.add(size);
            for (int i = 0; i < size; i++) {
                fine.add(known.listed[i] < 0 ? ~known.listed[i] : known.listed[i]);
            }
            return ~place;
        }
    }

    /** The sets of units that the cells of one fine raster hold. */
    private static final class Sets {

        private int[] parents = new int[64];
        private int[] members = new int[64];
        /** Of each set, the one with this unit besides: touching, and covering. */
        private int[] touching = new int[64];

        private int[] covering = new int[64];
        private int[] places = new int[64];
        private int[] listed = new int[16];
        private int size;
        private int unit;
        private int sizeBefore;

        void clear() {
            size = 1;
            places[0] = -1;
        }

        void beginUnit(int next) {
            unit = next;
            sizeBefore = size;
            Arrays.fill(touching, 0, size, 0);
            Arrays.fill(covering, 0, size, 0);
        }

        int with(int set, boolean covers) {
            if (set >= sizeBefore) {
                // It has this unit already.
                return set;
            }
            int known = covers ? covering[set] : touching[set];
            if (known != 0) {
                return known;
            }
            int added = add(set, covers ? ~unit : unit);
            // Only now, for these may have been replaced by larger ones.
            (covers ? covering : touching)[set] = added;
            return added;
        }

        private int add(int parent, int member) {
            if (size == parents.length) {
                parents = Arrays.copyOf(parents, 2 * size);
                members = Arrays.copyOf(members, 2 * size);
                touching = Arrays.copyOf(touching, 2 * size);
                covering = Arrays.copyOf(covering, 2 * size);
                places = Arrays.copyOf(places, 2 * size);
            }
            parents[size] = parent;
            members[size] = member;
            places[size] = -1;
            return size++;
        }

        /** Writes the set's members into {@link #listed}, in their order. Returns how many there are. */
        int list(int set) {
            int count = 0;
            for (int at = set; at != 0; at = parents[at]) {
                count++;
            }
            if (listed.length < count) {
                listed = new int[2 * count];
            }
            int next = count;
            for (int at = set; at != 0; at = parents[at]) {
                listed[--next] = members[at];
            }
            return count;
        }
    }

    /**
     * One unit drawn onto a raster: the cells that its edges run through, and those wholly inside.
     *
     * <p>A cell counts as touched if an edge comes nearer to it than {@link #SLACK} of its side, far more than rounding can move a
     * place or an edge. So a cell that is not touched lies on one side of all edges, and whether that is the inside can be told by
     * its middle.
     */
    private final class Canvas {

        private static final double SLACK = 1e-5;

        private final int[] touched;
        private final int[] inside;
        /** How much border runs through a cell, in lengths of its side; 0 if it is not touched. */
        private final float[] border;
        /** Whether an odd number of edges begins to count at this cell of a row: the unit's inside begins or ends. */
        private final boolean[] flips;

        private int width;
        private int height;
        private int touchedCount;
        private int insideCount;

        private double scale;
        private int fromColumn;
        private int fromRow;
        private int lowestRow;
        private int highestRow;
        private int lowestColumn;
        private int highestColumn;

        Canvas(int width, int height) {
            this.width = width;
            this.height = height;
            touched = new int[width * height];
            inside = new int[width * height];
            border = new float[width * height];
            flips = new boolean[(width + 1) * height];
        }

        void resize(int newWidth, int newHeight) {
            clear();
            width = newWidth;
            height = newHeight;
        }

        /**
         * Draws a unit, and nothing else.
         *
         * @param coarseColumn where the canvas begins
         * @param cellsPerCoarseCell how many of the canvas' cells a coarse cell has per side
         */
        void draw(int unit, int coarseColumn, int coarseRow, int cellsPerCoarseCell) {
            clear();
            fromColumn = coarseColumn;
            fromRow = coarseRow;
            scale = cellsPerCoarseCell;
            lowestRow = height;
            highestRow = -1;
            lowestColumn = width + 1;
            highestColumn = -1;
            boundaries.copy(unit, rings);
            for (int ring = 0; ring < rings.count(); ring++) {
                drawRing(rings.start(ring), rings.end(ring));
            }
            fill();
        }

        private void clear() {
            for (int i = 0; i < touchedCount; i++) {
                border[touched[i]] = 0;
            }
            touchedCount = 0;
            insideCount = 0;
        }

        private void drawRing(int from, int to) {
            double x1 = x(from);
            double y1 = y(from);
            for (int i = from + 1; i < to; i++) {
                double x2 = x(i);
                double y2 = y(i);
                touch(x1, y1, x2, y2);
                flip(x1, y1, x2, y2);
                x1 = x2;
                y1 = y2;
            }
        }

        /** In cells of the canvas. The same steps as a place's look-up takes, so that only rounding lies between the two. */
        private double x(int vertex) {
            return ((rings.longitudes[vertex] - extent.getMinX()) * columnsPerDegree - fromColumn) * scale;
        }

        private double y(int vertex) {
            return ((rings.latitudes[vertex] - extent.getMinY()) * rowsPerDegree - fromRow) * scale;
        }

        private void touch(double x1, double y1, double x2, double y2) {
            double west = Math.min(x1, x2);
            double east = Math.max(x1, x2);
            double south = Math.min(y1, y2);
            double north = Math.max(y1, y2);
            if (east < -SLACK || west > width + SLACK || north < -SLACK || south > height + SLACK) {
                return;
            }
            int first = column(west - SLACK);
            int last = column(east + SLACK);
            float length = (float) Math.hypot(x2 - x1, y2 - y1);
            float pieces = last - first + row(north + SLACK) - row(south - SLACK) + 1;
            for (int column = first; column <= last; column++) {
                double low = south;
                double high = north;
                if (east - west > SLACK) {
                    double atWest = at(Math.max(west, column - SLACK), x1, y1, x2, y2);
                    double atEast = at(Math.min(east, column + 1 + SLACK), x1, y1, x2, y2);
                    low = Math.max(south, Math.min(atWest, atEast));
                    high = Math.min(north, Math.max(atWest, atEast));
                }
                if (high < -SLACK || low > height + SLACK) {
                    continue;
                }
                int top = row(high + SLACK);
                for (int row = row(low - SLACK); row <= top; row++) {
                    touch(row * width + column, Math.max(length / pieces, Float.MIN_NORMAL));
                }
            }
        }

        private void touch(int cell, float length) {
            if (border[cell] == 0) {
                touched[touchedCount++] = cell;
            }
            border[cell] += length;
        }

        /** The edge's y at this x; the edge is wider than the slack. */
        private static double at(double x, double x1, double y1, double x2, double y2) {
            if (x == x1) {
                return y1;
            }
            return x == x2 ? y2 : y1 + (x - x1) * ((y2 - y1) / (x2 - x1));
        }

        private int column(double x) {
            return Math.clamp((long) Math.floor(x), 0, width - 1);
        }

        private int row(double y) {
            return Math.clamp((long) Math.floor(y), 0, height - 1);
        }

        /** In each row whose middle the edge crosses, all cells whose middle is east of that change sides. */
        private void flip(double x1, double y1, double x2, double y2) {
            if (y1 == y2) {
                return;
            }
            double south = Math.min(y1, y2);
            double north = Math.max(y1, y2);
            // Middles from this one on, up to but without that.
            int first = Math.max(0, (int) Math.ceil(Math.max(south, 0) - 0.5));
            int end = (int) Math.ceil(Math.min(north, height + 1.0) - 0.5);
            double slope = (x2 - x1) / (y2 - y1);
            for (int row = first; row < Math.min(end, height); row++) {
                double crossing = x1 + (row + 0.5 - y1) * slope;
                // What crosses west of the canvas changes the whole row; what crosses east of it, nothing.
                int column = (int) Math.ceil(Math.clamp(crossing, 0.5, width + 0.5) - 0.5);
                flips[row * (width + 1) + column] ^= true;
                lowestColumn = Math.min(lowestColumn, column);
                highestColumn = Math.max(highestColumn, column);
                lowestRow = Math.min(lowestRow, row);
                highestRow = Math.max(highestRow, row);
            }
        }

        private void fill() {
            for (int row = lowestRow; row <= highestRow; row++) {
                boolean isInside = false;
                for (int column = lowestColumn; column <= highestColumn; column++) {
                    int flip = row * (width + 1) + column;
                    isInside ^= flips[flip];
                    flips[flip] = false;
                    if (isInside && column < width && border[row * width + column] == 0) {
                        inside[insideCount++] = row * width + column;
                    }
                }
            }
        }
    }
}
