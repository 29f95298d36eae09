package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sows as many seeds as the land is to have, each in a plot of its own: the land is halved again and again, across its longer
 * side and so that both halves get their share, until one seed is left for each plot. So seeds lie dense where they should,
 * none is too near to another, and each is sown near to the one before.
 */
public final class SowSeeds {

    /** In which part of its plot, in the middle, a seed may lie: the higher, the more irregular. */
    private static final double SHARE_OF_THE_PLOT = 0.75;

    /** How exactly a cut is placed, of a plot's side. */
    private static final int HALVINGS = 24;

    private final Sowing sowing;
    private final SplittableRandom random;

    public SowSeeds(Sowing sowing, SplittableRandom random) {
        this.sowing = sowing;
        this.random = random;
    }

    public List<Point> sow() {
        int seeds = (int) Math.round(sowing.total());
        List<Point> sown = new ArrayList<>(seeds);
        sow(new Plot(0, 0, sowing.columns, sowing.rows), seeds, sown);
        return sown;
    }

    private void sow(Plot plot, int seeds, List<Point> sown) {
        if (seeds == 1) {
            sown.add(sowing.place(between(plot.fromColumn(), plot.toColumn()), between(plot.fromRow(), plot.toRow())));
            return;
        }
        int seedsOfFirst = seeds / 2;
        boolean acrossColumns = plot.toColumn() - plot.fromColumn() >= plot.toRow() - plot.fromRow();
        double share = (double) seedsOfFirst / seeds;
        double wanted = share * sowing.within(plot);
        double low = acrossColumns ? plot.fromColumn() : plot.fromRow();
        double high = acrossColumns ? plot.toColumn() : plot.toRow();
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (sowing.within(plot.upTo(middle, acrossColumns)) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        sow(plot.upTo(high, acrossColumns), seedsOfFirst, sown);
        sow(plot.from(high, acrossColumns), seeds - seedsOfFirst, sown);
    }

    private double between(double from, double to) {
        return from + (to - from) * (0.5 + SHARE_OF_THE_PLOT * (random.nextDouble() - 0.5));
    }

    private record Plot(double fromColumn, double fromRow, double toColumn, double toRow) {

        Plot upTo(double cut, boolean acrossColumns) {
            return acrossColumns
                    ? new Plot(fromColumn, fromRow, cut, toRow)
                    : new Plot(fromColumn, fromRow, toColumn, cut);
        }

        Plot from(double cut, boolean acrossColumns) {
            return acrossColumns ? new Plot(cut, fromRow, toColumn, toRow) : new Plot(fromColumn, cut, toColumn, toRow);
        }
    }

    /** How many seeds each square of a chessboard is to get. */
    public static final class Sowing {
        private final int columns;
        private final int rows;
        private final Point origin;
        private final double sideMeters;
        /** All seeds south-west of a square's south-west corner. */
        private final double[] sums;

        /**
         * @param origin the south-western corner of the board
         * @param side of a square, in metres
         * @param seeds per square, row by row from the south-west
         */
        public Sowing(Point origin, double side, int columns, double[] seeds) {
            this.origin = origin;
            this.sideMeters = side;
            this.columns = columns;
            this.rows = seeds.length / columns;
            this.sums = new double[(columns + 1) * (rows + 1)];
            for (int row = 0; row < rows; row++) {
                double inRow = 0;
                for (int column = 0; column < columns; column++) {
                    inRow += seeds[row * columns + column];
                    sums[(row + 1) * (columns + 1) + column + 1] = sums[row * (columns + 1) + column + 1] + inRow;
                }
            }
        }

        double total() {
            return sums[sums.length - 1];
        }

        private double within(Plot plot) {
            return southWestOf(plot.toColumn(), plot.toRow())
                    - southWestOf(plot.fromColumn(), plot.toRow())
                    - southWestOf(plot.toColumn(), plot.fromRow())
                    + southWestOf(plot.fromColumn(), plot.fromRow());
        }

        private double southWestOf(double column, double row) {
            int c = Math.min((int) column, columns - 1);
            int r = Math.min((int) row, rows - 1);
            double right = column - c;
            double up = row - r;
            int corner = r * (columns + 1) + c;
            double lower = sums[corner] * (1 - right) + sums[corner + 1] * right;
            double upper = sums[corner + columns + 1] * (1 - right) + sums[corner + columns + 2] * right;
            return lower * (1 - up) + upper * up;
        }

        private Point place(double column, double row) {
            return new Point(origin.x() + column * sideMeters, origin.y() + row * sideMeters);
        }
    }
}
