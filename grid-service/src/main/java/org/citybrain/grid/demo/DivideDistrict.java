package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.demo.mesh.SplitTerritory;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.citybrain.messages.UnitKind;

/** Divides the land of a district among its streets, communities, grids and micro-grids, down to single cells. */
final class DivideDistrict {

    private static final int FEWEST_CELLS = 3;

    private final DemoPlan plan;
    private final Divisions divisions;
    private final SplitTerritory split;

    /** @param centre low codes lie nearer to it */
    DivideDistrict(DemoPlan plan, Divisions divisions, CellMesh mesh, Point centre) {
        this.plan = plan;
        this.divisions = divisions;
        this.split = new SplitTerritory(mesh, centre, FEWEST_CELLS, plan.waviness());
    }

    Tract divide(UnitCode district, int[] cells) {
        List<UnitCode> streets = divisions.below(district, Tier.STREET);
        int[] weights = streets.stream()
                .mapToInt(street -> divisions.below(street, Tier.COMMUNITY).stream()
                        .mapToInt(this::weight)
                        .sum())
                .toArray();
        List<int[]> lands = split.split(cells, weights);
        List<Tract> below = new ArrayList<>();
        for (int i = 0; i < lands.size(); i++) {
            below.add(street(streets.get(i), lands.get(i)));
        }
        return new Tract(district, cells, below);
    }

    private int weight(UnitCode community) {
        return community.kind() == UnitKind.RESIDENTS_COMMITTEE ? plan.weightOfTown() : plan.weightOfVillage();
    }

    private Tract street(UnitCode street, int[] cells) {
        List<UnitCode> communities = divisions.below(street, Tier.COMMUNITY);
        List<int[]> lands =
                split.split(cells, communities.stream().mapToInt(this::weight).toArray());
        List<Tract> below = new ArrayList<>();
        for (int i = 0; i < lands.size(); i++) {
            below.add(community(communities.get(i), lands.get(i)));
        }
        return new Tract(street, cells, below);
    }

    private Tract community(UnitCode community, int[] cells) {
        int[] alike = new int[Math.max(1, Math.round((float) cells.length / plan.cellsPerGrid()))];
        Arrays.fill(alike, 1);
        List<Tract> below = new ArrayList<>();
        for (int[] land : plan.hasMicroGrids() ? split.split(cells, alike) : eachCell(cells)) {
            below.add(grid(numbered(community, below.size() + 1, Tier.GRID), land));
        }
        return new Tract(community, cells, below);
    }

    private Tract grid(UnitCode grid, int[] cells) {
        List<Tract> below = new ArrayList<>();
        if (plan.hasMicroGrids()) {
            for (int[] land : eachCell(cells)) {
                below.add(new Tract(numbered(grid, below.size() + 1, Tier.MICRO_GRID), land, List.of()));
            }
        }
        return new Tract(grid, cells, below);
    }

    private static List<int[]> eachCell(int[] cells) {
        return Arrays.stream(cells).mapToObj(cell -> new int[] {cell}).toList();
    }

    private static UnitCode numbered(UnitCode parent, int number, Tier tier) {
        String digits = Integer.toString(number);
        return new UnitCode(
                parent.digits() + "0".repeat(tier.digits() - parent.digits().length() - digits.length()) + digits);
    }
}
