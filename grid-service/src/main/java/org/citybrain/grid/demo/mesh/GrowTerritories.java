package org.citybrain.grid.demo.mesh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Gives cells to territories: each in turn takes the cell next to its land that lies nearest to its spine, the one that has
 * the least of its share first. So each is connected, and where two meet they push.
 */
public final class GrowTerritories {

    /** A cell that belongs to no territory. */
    public static final int OUTSIDE = -1;

    private final CellMesh mesh;
    private final int[] territoryOf;

    public GrowTerritories(CellMesh mesh) {
        this.mesh = mesh;
        this.territoryOf = new int[mesh.cells()];
        Arrays.fill(territoryOf, OUTSIDE);
    }

    /**
     * Grows all territories.
     *
     * @return the cells of each, ascending; no cell outside is enclosed by them
     */
    public List<int[]> grow(List<Territory> territories) {
        List<Growth> growths = new ArrayList<>();
        for (Territory territory : territories) {
            growths.add(new Growth(growths.size(), territory));
        }
        while (true) {
            Growth hungriest = growths.stream()
                    .filter(Growth::canGrow)
                    .min(Comparator.comparingDouble(Growth::filled))
                    .orElse(null);
            if (hungriest == null) {
                break;
            }
            hungriest.takeNext();
        }
        fillPockets();
        return growths.stream().map(growth -> cellsOf(growth.number)).toList();
    }

    private int[] cellsOf(int territory) {
        int[] cells = IntStream.range(0, mesh.cells())
                .filter(cell -> territoryOf[cell] == territory)
                .toArray();
        if (Arrays.stream(cells).anyMatch(mesh::isAtRim)) {
            throw new IllegalStateException("territory " + territory + " has grown to the rim of the mesh");
        }
        return cells;
    }

    /** What is left over between territories goes to the one beside it. */
    private void fillPockets() {
        boolean[] open = new boolean[mesh.cells()];
        Deque<Integer> frontier = new ArrayDeque<>();
        for (int cell = 0; cell < mesh.cells(); cell++) {
            if (mesh.isAtRim(cell)) {
                open[cell] = true;
                frontier.add(cell);
            }
        }
        while (!frontier.isEmpty()) {
            int cell = frontier.remove();
            for (int edge = 0; edge < mesh.edges(cell); edge++) {
                int neighbour = mesh.neighbour(cell, edge);
                if (neighbour != CellMesh.NOTHING && !open[neighbour] && territoryOf[neighbour] == OUTSIDE) {
                    open[neighbour] = true;
                    frontier.add(neighbour);
                }
            }
        }
        boolean filled = true;
        while (filled) {
            filled = false;
            for (int cell = 0; cell < mesh.cells(); cell++) {
                for (int edge = 0; edge < mesh.edges(cell) && territoryOf[cell] == OUTSIDE && !open[cell]; edge++) {
                    territoryOf[cell] = territoryOf[mesh.neighbour(cell, edge)];
                    filled |= territoryOf[cell] != OUTSIDE;
                }
            }
        }
    }

    private final class Growth {
        final int number;
        private final Territory territory;
        private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();
        private int taken;

        Growth(int number, Territory territory) {
            this.number = number;
            this.territory = territory;
            Point start = territory.spine().getFirst();
            int nearest = 0;
            for (int cell = 1; cell < mesh.cells(); cell++) {
                if (mesh.seed(cell).distanceTo(start) < mesh.seed(nearest).distanceTo(start)) {
                    nearest = cell;
                }
            }
            candidates.add(new Candidate(0, nearest));
        }

        double filled() {
            return (double) taken / territory.cells();
        }

        boolean canGrow() {
            while (!candidates.isEmpty() && territoryOf[candidates.peek().cell()] != OUTSIDE) {
                candidates.remove();
            }
            return taken < territory.cells() && !candidates.isEmpty();
        }

        void takeNext() {
            int cell = candidates.remove().cell();
            territoryOf[cell] = number;
            taken++;
            for (int edge = 0; edge < mesh.edges(cell); edge++) {
                int neighbour = mesh.neighbour(cell, edge);
                if (neighbour != CellMesh.NOTHING && territoryOf[neighbour] == OUTSIDE) {
                    candidates.add(new Candidate(reluctance(mesh.seed(neighbour)), neighbour));
                }
            }
        }

        /** The distance to the spine, with slow waves over the land, so that no border is a smooth curve. */
        private double reluctance(Point seed) {
            double waves = StrictMath.sin(seed.x() / 730 + number) + StrictMath.sin(seed.y() / 610 + seed.x() / 1900);
            return territory.distanceMeters(seed) * (1 + 0.12 * waves);
        }
    }

    private record Candidate(double reluctance, int cell) implements Comparable<Candidate> {

        private static final Comparator<Candidate> ORDER =
                Comparator.comparingDouble(Candidate::reluctance).thenComparingInt(Candidate::cell);

        @Override
        public int compareTo(Candidate other) {
            return ORDER.compare(this, other);
        }
    }
}
