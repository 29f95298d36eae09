package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final double waviness;

    /**
     * @param fewestCellsPerWeight no part gets fewer cells than this times its weight, if the land can be cut like that at all
     * @param waviness how far a cut swings to both sides, of the land's width; 0 for straight cuts
     */
    public SplitTerritory(CellMesh mesh, Point centre, int fewestCellsPerWeight, double waviness) {
        this.mesh = mesh;
        this.centre = centre;
        this.fewestCellsPerWeight = fewestCellsPerWeight;
        this.waviness = waviness;
    }

    /**
     * Splits the land into one part for each weight.
     *
     * @param cells connected, ascending
     * @return the cells of each part, ascending
     * @throws IllegalStateException if there are fewer cells than parts
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
        Cut cut = bestCut(new Land(mesh, cells), first, second);
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

    private Cut bestCut(Land land, int[] firstWeights, int[] secondWeights) {
        int firstWeight = Arrays.stream(firstWeights).sum();
        int secondWeight = Arrays.stream(secondWeights).sum();
        // Awkward land cannot always be cut as it should be: then in any direction, then with ever smaller parts.
        for (int fewest = fewestCellsPerWeight; fewest >= 0; fewest--) {
            int fewestFirst = Math.max(firstWeights.length, fewest * firstWeight);
            int fewestSecond = Math.max(secondWeights.length, fewest * secondWeight);
            int wanted = (int) Math.round((double) land.size() * firstWeight / (firstWeight + secondWeight));
            for (boolean anyDirection : new boolean[] {false, true}) {
                Cut best = bestCut(land, wanted, fewestFirst, fewestSecond, anyDirection);
                if (best != null) {
                    return best;
                }
            }
        }
        throw new IllegalStateException("no cut of " + land.size() + " cells into " + firstWeights.length + " and "
                + secondWeights.length + " parts leaves each a cell");
    }

    private @Nullable Cut bestCut(Land land, int wanted, int fewestFirst, int fewestSecond, boolean anyDirection) {
        Point middle = land.middle();
        Cut best = null;
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            double angle = 2 * Math.PI * direction / DIRECTIONS;
            double east = StrictMath.cos(angle);
            double north = StrictMath.sin(angle);
            boolean awayFromCentre = east * (middle.x() - centre.x()) + north * (middle.y() - centre.y()) >= 0;
            if (awayFromCentre || anyDirection) {
                int sizeOfSecond = land.sweep(east, north, wanted, waviness);
                if (land.size() - sizeOfSecond >= fewestFirst && sizeOfSecond >= fewestSecond) {
                    double unfair = Math.abs(land.size() - sizeOfSecond - wanted) / (double) land.size();
                    double cost = land.lengthOfCut() * (1 + UNFAIRNESS * unfair);
                    if (best == null || cost < best.cost()) {
                        best = new Cut(land.first(), land.second(sizeOfSecond), cost);
                    }
                }
            }
        }
        return best;
    }

    /** @param cost lower is better */
    @SuppressWarnings("ArrayRecordComponent")
    private record Cut(int[] first, int[] second, double cost) {}

    /** The land to be cut, with numbers of its own for its cells, so that each cut costs what the land is large. */
    private static final class Land {

        private final int[] cells;
        private final double[] x;
        private final double[] y;
        private final int[] firstEdge;
        private final int[] across;
        private final double[] lengths;
        private final double width;

        private final boolean[] isQueued;
        private final boolean[] isTaken;
        private final double[] order;
        private final int[] heap;
        private int heapSize;
        /** The piece of the untaken land that a cell lies in: the largest becomes the second part. */
        private final int[] pieces;

        private int largestPiece;

        Land(CellMesh mesh, int[] cells) {
            this.cells = cells;
            int size = cells.length;
            this.x = new double[size];
            this.y = new double[size];
            this.firstEdge = new int[size + 1];
            for (int i = 0; i < size; i++) {
                Point seed = mesh.seed(cells[i]);
                x[i] = seed.x();
                y[i] = seed.y();
                firstEdge[i + 1] = firstEdge[i] + mesh.edges(cells[i]);
            }
            int[] acrossAll = new int[firstEdge[size]];
            double[] lengthsOfAll = new double[firstEdge[size]];
            int count = 0;
            for (int i = 0; i < size; i++) {
                int edges = mesh.edges(cells[i]);
                firstEdge[i] = count;
                for (int edge = 0; edge < edges; edge++) {
                    int neighbour = Arrays.binarySearch(cells, mesh.neighbour(cells[i], edge));
                    if (neighbour >= 0) {
                        acrossAll[count] = neighbour;
                        lengthsOfAll[count] = mesh.edgeLength(cells[i], edge);
                        count++;
                    }
                }
            }
            firstEdge[size] = count;
            this.across = Arrays.copyOf(acrossAll, count);
            this.lengths = Arrays.copyOf(lengthsOfAll, count);
            this.width = Math.max(extent(x), extent(y));
            this.isQueued = new boolean[size];
            this.isTaken = new boolean[size];
            this.order = new double[size];
            this.heap = new int[size];
            this.pieces = new int[size];
        }

        private static double extent(double[] coordinates) {
            return Arrays.stream(coordinates).max().orElseThrow()
                    - Arrays.stream(coordinates).min().orElseThrow();
        }

        int size() {
            return cells.length;
        }

        Point middle() {
            return new Point(
                    Arrays.stream(x).average().orElseThrow(),
                    Arrays.stream(y).average().orElseThrow());
        }

        /**
         * Takes as many cells as are wanted, always the next one in this direction. What is cut off from the largest piece of the
         * rest is taken too.
         *
         * @return how many cells are left
         */
        int sweep(double east, double north, int wanted, double waviness) {
            Arrays.fill(isQueued, false);
            Arrays.fill(isTaken, false);
            int start = 0;
            for (int i = 0; i < size(); i++) {
                order[i] = east * x[i] + north * y[i];
                if (waviness > 0) {
                    double across = (east * y[i] - north * x[i]) / width;
                    order[i] += waviness * width * (wave(1.3 * across) + 0.45 * wave(3.7 * across));
                }
                start = order[i] < order[start] ? i : start;
            }
            heapSize = 0;
            queue(start);
            for (int taken = 0; taken < wanted && heapSize > 0; taken++) {
                int cell = unqueue();
                isTaken[cell] = true;
                for (int edge = firstEdge[cell]; edge < firstEdge[cell + 1]; edge++) {
                    if (!isQueued[across[edge]]) {
                        queue(across[edge]);
                    }
                }
            }
            return findLargestPiece();
        }

        /** Near to a sine, with period 1, and cheap. */
        private static double wave(double turns) {
            double t = 2 * (turns - Math.floor(turns)) - 1;
            return 4 * t * (1 - Math.abs(t));
        }

        int[] first() {
            int[] first = new int[size()];
            int count = 0;
            for (int i = 0; i < size(); i++) {
                if (pieces[i] != largestPiece) {
                    first[count++] = cells[i];
                }
            }
            return Arrays.copyOf(first, count);
        }

        int[] second(int sizeOfSecond) {
            int[] second = new int[sizeOfSecond];
            int count = 0;
            for (int i = 0; i < size(); i++) {
                if (pieces[i] == largestPiece) {
                    second[count++] = cells[i];
                }
            }
            return second;
        }

        double lengthOfCut() {
            double length = 0;
            for (int i = 0; i < size(); i++) {
                for (int edge = firstEdge[i]; pieces[i] == largestPiece && edge < firstEdge[i + 1]; edge++) {
                    if (pieces[across[edge]] != largestPiece) {
                        length += lengths[edge];
                    }
                }
            }
            return length;
        }

        private int findLargestPiece() {
            Arrays.fill(pieces, 0);
            int[] stack = heap;
            int number = 0;
            int largest = 0;
            largestPiece = -1;
            for (int start = 0; start < size(); start++) {
                if (isTaken[start] || pieces[start] != 0) {
                    continue;
                }
                number++;
                int count = 1;
                int depth = 1;
                stack[0] = start;
                pieces[start] = number;
                while (depth > 0) {
                    int cell = stack[--depth];
                    for (int edge = firstEdge[cell]; edge < firstEdge[cell + 1]; edge++) {
                        int neighbour = across[edge];
                        if (!isTaken[neighbour] && pieces[neighbour] == 0) {
                            pieces[neighbour] = number;
                            stack[depth++] = neighbour;
                            count++;
                        }
                    }
                }
                if (count > largest) {
                    largest = count;
                    largestPiece = number;
                }
            }
            return largest;
        }

        // A heap of cells, the next in the direction on top.

        private void queue(int cell) {
            isQueued[cell] = true;
            int place = heapSize++;
            while (place > 0 && isBefore(cell, heap[(place - 1) / 2])) {
                heap[place] = heap[(place - 1) / 2];
                place = (place - 1) / 2;
            }
            heap[place] = cell;
        }

        private int unqueue() {
            int top = heap[0];
            int last = heap[--heapSize];
            int place = 0;
            for (int child = 1; child < heapSize; child = 2 * place + 1) {
                if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!isBefore(heap[child], last)) {
                    break;
                }
                heap[place] = heap[child];
                place = child;
            }
            heap[place] = last;
            return top;
        }

        private boolean isBefore(int cell, int other) {
            return order[cell] < order[other] || (order[cell] == order[other] && cell < other);
        }
    }
}
