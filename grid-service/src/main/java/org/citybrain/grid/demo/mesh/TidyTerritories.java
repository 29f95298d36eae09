package org.citybrain.grid.demo.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes each territory one piece without a hole in the whole: what is cut off from the largest piece of a territory, and what
 * of the outside is enclosed, goes to the neighbour with most edges along it.
 */
public final class TidyTerritories {

    private static final int OUTSIDE = ShareLand.OUTSIDE;
    private static final int MOST_ROUNDS = 20;

    private final CellMesh mesh;
    private final int territories;
    private final int[] territoryOf;

    /** @param territoryOf of each cell, or {@link ShareLand#OUTSIDE} */
    public TidyTerritories(CellMesh mesh, int territories, int[] territoryOf) {
        this.mesh = mesh;
        this.territories = territories;
        this.territoryOf = territoryOf.clone();
    }

    /** The cells of each territory, ascending. */
    public List<int[]> tidy() {
        int rounds = 0;
        while (giveAwayPieces()) {
            if (++rounds > MOST_ROUNDS) {
                throw new IllegalStateException("the territories cannot be made one piece each");
            }
        }
        List<int[]> cells = new ArrayList<>();
        for (int territory = 0; territory < territories; territory++) {
            cells.add(cellsOf(territory));
        }
        return cells;
    }

    private int[] cellsOf(int territory) {
        int[] cells = new int[mesh.cells()];
        int count = 0;
        for (int cell = 0; cell < mesh.cells(); cell++) {
            if (territoryOf[cell] == territory) {
                if (mesh.isAtRim(cell)) {
                    throw new IllegalStateException("territory " + territory + " has come to the rim of the mesh");
                }
                cells[count++] = cell;
            }
        }
        return Arrays.copyOf(cells, count);
    }

    /** Whether there was anything to give away. */
    private boolean giveAwayPieces() {
        int[] pieceOf = new int[mesh.cells()];
        Arrays.fill(pieceOf, -1);
        List<int[]> pieces = new ArrayList<>();
        int[] stack = new int[mesh.cells()];
        for (int start = 0; start < mesh.cells(); start++) {
            if (pieceOf[start] < 0) {
                pieces.add(piece(start, pieces.size(), pieceOf, stack));
            }
        }
        int[] sizes = new int[territories];
        int[] largest = new int[territories];
        for (int i = 0; i < pieces.size(); i++) {
            int territory = territoryOf[pieces.get(i)[0]];
            if (territory != OUTSIDE && pieces.get(i).length > sizes[territory]) {
                sizes[territory] = pieces.get(i).length;
                largest[territory] = i;
            }
        }
        boolean given = false;
        for (int i = 0; i < pieces.size(); i++) {
            int[] piece = pieces.get(i);
            int territory = territoryOf[piece[0]];
            boolean keeps =
                    territory == OUTSIDE ? Arrays.stream(piece).anyMatch(mesh::isAtRim) : i == largest[territory];
            if (!keeps) {
                int neighbour = mostEdgesAlong(piece);
                for (int cell : piece) {
                    territoryOf[cell] = neighbour;
                }
                given = true;
            }
        }
        return given;
    }

    private int[] piece(int start, int number, int[] pieceOf, int[] stack) {
        int[] found = new int[16];
        int count = 0;
        int depth = 0;
        stack[depth++] = start;
        pieceOf[start] = number;
        while (depth > 0) {
            int cell = stack[--depth];
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = cell;
            for (int edge = 0; edge < mesh.edges(cell); edge++) {
                int neighbour = mesh.neighbour(cell, edge);
                if (neighbour != CellMesh.NOTHING
                        && pieceOf[neighbour] < 0
                        && territoryOf[neighbour] == territoryOf[start]) {
                    pieceOf[neighbour] = number;
                    stack[depth++] = neighbour;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private int mostEdgesAlong(int[] piece) {
        int own = territoryOf[piece[0]];
        int[] edges = new int[territories + 1];
        for (int cell : piece) {
            for (int edge = 0; edge < mesh.edges(cell); edge++) {
                int neighbour = mesh.neighbour(cell, edge);
                if (neighbour != CellMesh.NOTHING && territoryOf[neighbour] != own) {
                    edges[territoryOf[neighbour] + 1]++;
                }
            }
        }
        int most = 0;
        for (int i = 1; i < edges.length; i++) {
            most = edges[i] > edges[most] ? i : most;
        }
        return most + OUTSIDE;
    }
}
