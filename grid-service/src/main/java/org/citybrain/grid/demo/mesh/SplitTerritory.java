package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Splits connected land into connected parts with about as many cells as they weigh, halving it again and again: of several
 * directions to sweep it in, the one with the shortest and fairest cut is taken.
 *
 * <p>Parts that come first lie nearer to the centre, as division codes are mostly given out.
 */
public final class SplitTerritory {

    private static final int DIRECTIONS = 16;

    /** How much longer a cut may be for being fair: a tenth of the land on the wrong side counts as a cut 1.6 times as long. */
    private static final double UNFAIRNESS = 6;

    private final CellMesh mesh;
    private final Point centre;
    private final int fewestCellsPerWeight;

    /** @param fewestCellsPerWeight no part gets fewer cells than this times its weight */
    public SplitTerritory(CellMesh mesh, Point centre, int fewestCellsPerWeight) {
        this.mesh = mesh;
        this.centre = centre;
        this.fewestCellsPerWeight = fewestCellsPerWeight;
    }

    /**
     * Splits the land into one part for each weight.
     *
     * @param cells connected
     * @throws IllegalStateException if no fair enough cut is found
     */
    public List<int[]> split(int[] cells, int... weights) {
        List<int[]> parts = new ArrayList<>();
        split(cells, weights, parts);
        return parts;
    }

    private void split(int[] cells, int[] weights, List<int[]> parts) {
        if (weights.length == 1) {
            parts.add(cells);
            return;
        }
        int firstWeights = halfOf(weights);
        int[] first = Arrays.copyOf(weights, firstWeights);
        int[] second = Arrays.copyOfRange(weights, firstWeights, weights.length);
        Cut cut =
                bestCut(cells, Arrays.stream(first).sum(), Arrays.stream(second).sum());
        split(cut.first(), first, parts);
        split(cut.second(), second, parts);
    }

    /** How many of the weights make up the half. */
    private static int halfOf(int[] weights) {
        int total = Arrays.stream(weights).sum();
        int count = 1;
        int sum = weights[0];
        while (count < weights.length - 1 && 2 * sum + weights[count] < total) {
            sum += weights[count++];
        }
        return count;
    }

    private Cut bestCut(int[] cells, int firstWeight, int secondWeight) {
        Point middle = middleOf(cells);
        Cut best = null;
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            double angle = 2 * Math.PI * direction / DIRECTIONS;
            double east = StrictMath.cos(angle);
            double north = StrictMath.sin(angle);
            boolean awayFromCentre = east * (middle.x() - centre.x()) + north * (middle.y() - centre.y()) >= 0;
            Cut cut = awayFromCentre ? sweep(cells, east, north, firstWeight, secondWeight) : null;
            if (cut != null && (best == null || cut.cost() < best.cost())) {
                best = cut;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no cut of " + cells.length + " cells into weights " + firstWeight + " and "
                    + secondWeight + " leaves both " + fewestCellsPerWeight + " cells per weight");
        }
        return best;
    }

    private Point middleOf(int[] cells) {
        double x = 0;
        double y = 0;
        for (int cell : cells) {
            x += mesh.seed(cell).x();
            y += mesh.seed(cell).y();
        }
        return new Point(x / cells.length, y / cells.length);
    }

    /** Takes cells in the order of the sweep, each touching those before; what is thereby cut off from the rest is taken too. */
    private @Nullable Cut sweep(int[] cells, double east, double north, int firstWeight, int secondWeight) {
        BitSet rest = new BitSet(mesh.cells());
        Arrays.stream(cells).forEach(rest::set);
        int wanted = (int) Math.round((double) cells.length * firstWeight / (firstWeight + secondWeight));

        Comparator<Integer> order = Comparator.<Integer>comparingDouble(cell ->
                        east * mesh.seed(cell).x() + north * mesh.seed(cell).y())
                .thenComparingInt(cell -> cell);
        PriorityQueue<Integer> next = new PriorityQueue<>(order);
        next.add(Arrays.stream(cells).boxed().min(order).orElseThrow());
        int taken = 0;
        while (taken < wanted && !next.isEmpty()) {
            int cell = next.remove();
            if (rest.get(cell)) {
                rest.clear(cell);
                taken++;
                addNeighboursWithin(rest, cell, next);
            }
        }
        BitSet second = largestPiece(rest);
        return cut(cells, second, wanted, firstWeight, secondWeight);
    }

    private void addNeighboursWithin(BitSet set, int cell, Collection<Integer> found) {
        for (int edge = 0; edge < mesh.edges(cell); edge++) {
            int neighbour = mesh.neighbour(cell, edge);
            if (neighbour != CellMesh.NOTHING && set.get(neighbour)) {
                found.add(neighbour);
            }
        }
    }

    private BitSet largestPiece(BitSet set) {
        BitSet unseen = (BitSet) set.clone();
        BitSet largest = new BitSet();
        for (int start = unseen.nextSetBit(0); start >= 0; start = unseen.nextSetBit(start)) {
            BitSet piece = new BitSet();
            List<Integer> stack = new ArrayList<>(List.of(start));
            while (!stack.isEmpty()) {
                int cell = stack.removeLast();
                if (unseen.get(cell)) {
                    unseen.clear(cell);
                    piece.set(cell);
                    addNeighboursWithin(unseen, cell, stack);
                }
            }
            if (piece.cardinality() > largest.cardinality()) {
                largest = piece;
            }
        }
        return largest;
    }

    private @Nullable Cut cut(int[] cells, BitSet secondSet, int wanted, int firstWeight, int secondWeight) {
        int[] second = Arrays.stream(cells).filter(secondSet::get).toArray();
        int[] first = Arrays.stream(cells).filter(cell -> !secondSet.get(cell)).toArray();
        if (first.length < fewestCellsPerWeight * firstWeight || second.length < fewestCellsPerWeight * secondWeight) {
            return null;
        }
        double length = 0;
        for (int cell : second) {
            for (int edge = 0; edge < mesh.edges(cell); edge++) {
                int neighbour = mesh.neighbour(cell, edge);
                if (Arrays.binarySearch(first, neighbour) >= 0) {
                    length += mesh.edgeLength(cell, edge);
                }
            }
        }
        double unfair = Math.abs(first.length - wanted) / (double) cells.length;
        return new Cut(first, second, length * (1 + UNFAIRNESS * unfair));
    }

    /** @param cost lower is better */
    @SuppressWarnings("ArrayRecordComponent")
    private record Cut(int[] first, int[] second, double cost) {}
}
