package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.GrowTerritories;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.demo.mesh.ScatterSeeds;
import org.citybrain.grid.demo.mesh.Territory;
import org.citybrain.messages.Tier;

/**
 * The land of a few districts: seeds are scattered about as densely as grids are to lie, and each district grows cell by cell
 * until it has about five for each community, one for each grid. For a handful of districts only: each step looks at all of them.
 */
final class ScatterGrids implements LayOutLand {

    private static final int GRIDS_PER_COMMUNITY = 5;

    /** Poisson-disc seeds with this least distance take up a grid's area each: found by trying. */
    private static final double SPACING_OF_GRID_SIDE = 0.79;

    private final List<Double> gridSquareKilometers;

    /** @param gridSquareKilometers about the size of a grid in each district */
    ScatterGrids(List<Double> gridSquareKilometers) {
        this.gridSquareKilometers = List.copyOf(gridSquareKilometers);
    }

    @Override
    public Land layOut(Plane plane, List<DemoPlan.District> districts, Divisions divisions) {
        List<Territory> territories = districts.stream()
                .map(district -> new Territory(
                        district.spine().stream().map(plane::toMeters).toList(),
                        GRIDS_PER_COMMUNITY
                                * divisions
                                        .below(district.code(), Tier.COMMUNITY)
                                        .size()))
                .toList();
        CellMesh mesh = CellMesh.of(plane, scatterSeeds(territories));
        return new Land(mesh, new GrowTerritories(mesh).grow(territories));
    }

    private List<Point> scatterSeeds(List<Territory> territories) {
        List<Density.Land> lands = new ArrayList<>();
        for (int i = 0; i < territories.size(); i++) {
            lands.add(new Density.Land(territories.get(i), gridSquareKilometers.get(i)));
        }
        Density density = new Density(lands);
        return new ScatterSeeds(
                        point -> SPACING_OF_GRID_SIDE * density.gridSideMeters(point),
                        SPACING_OF_GRID_SIDE * density.largestGridSideMeters(),
                        density::reaches,
                        new SplittableRandom(DemoPlan.SEED))
                .scatter(territories.getFirst().spine().getFirst());
    }
}
