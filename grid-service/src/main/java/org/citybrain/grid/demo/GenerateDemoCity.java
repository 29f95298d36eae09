package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.GrowTerritories;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.demo.mesh.ScatterSeeds;
import org.citybrain.grid.demo.mesh.SplitTerritory;
import org.citybrain.grid.demo.mesh.Territory;
import org.citybrain.grid.demo.mesh.TraceOutlines;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/**
 * Invents a city: scatter seeds → mesh of cells → grow districts → split into streets and communities → each cell a grid →
 * trace every unit's border → people, key places, staff. Each step draws from its own seeded numbers.
 */
final class GenerateDemoCity {

    private static final long SEED = 20_230_630;
    private static final int FEWEST_GRIDS_PER_COMMUNITY = 3;

    /** Poisson-disc seeds with this least distance take up a grid's area each: found by trying. */
    private static final double SPACING_OF_GRID_SIDE = 0.79;

    private final DemoPlan plan;
    private final Divisions divisions;
    private final Plane plane;

    GenerateDemoCity(DemoPlan plan, Divisions divisions) {
        this.plan = plan;
        this.divisions = divisions;
        this.plane = new Plane(plan.centre());
    }

    DemoCity generate() {
        List<Territory> territories =
                plan.districts().stream().map(this::territory).toList();
        CellMesh mesh = new CellMesh(plane, scatterSeeds(territories));
        SortedMap<UnitCode, int[]> cells = allotCells(mesh, new GrowTerritories(mesh).grow(territories));
        SortedMap<UnitCode, Long> populations = populate(cells);

        TraceOutlines outlines = new TraceOutlines(mesh);
        List<DemoCity.Unit> units = new ArrayList<>();
        cells.forEach((code, itsCells) -> units.add(new DemoCity.Unit(
                code,
                name(code),
                populations.getOrDefault(code, 0L),
                outlines.trace(itsCells),
                plane.toDegrees(mesh.seed(innermost(mesh, itsCells))))));
        return new DemoCity(
                units, new PlaceKeyPlaces(divisions, mesh, plane, cells).place(), FillRosters.fill(cells.keySet()));
    }

    private Territory territory(DemoPlan.District district) {
        return new Territory(
                district.spine().stream().map(plane::toMeters).toList(),
                plan.gridsPerCommunity()
                        * divisions.below(district.code(), Tier.COMMUNITY).size());
    }

    private List<Point> scatterSeeds(List<Territory> territories) {
        List<Density.Land> lands = new ArrayList<>();
        for (int i = 0; i < territories.size(); i++) {
            lands.add(
                    new Density.Land(territories.get(i), plan.districts().get(i).gridSquareKilometers()));
        }
        Density density = new Density(lands);
        return new ScatterSeeds(
                        point -> SPACING_OF_GRID_SIDE * density.gridSideMeters(point),
                        SPACING_OF_GRID_SIDE * density.largestGridSideMeters(),
                        density::reaches,
                        new SplittableRandom(SEED))
                .scatter(territories.getFirst().spine().getFirst());
    }

    /** The cells of every unit of every tier. */
    private SortedMap<UnitCode, int[]> allotCells(CellMesh mesh, List<int[]> districts) {
        SplitTerritory split = new SplitTerritory(mesh, plane.toMeters(plan.centre()), FEWEST_GRIDS_PER_COMMUNITY);
        SortedMap<UnitCode, int[]> cells = new TreeMap<>();
        cells.put(plan.city(), districts.stream().flatMapToInt(Arrays::stream).toArray());
        for (int i = 0; i < districts.size(); i++) {
            UnitCode district = plan.districts().get(i).code();
            cells.put(district, districts.get(i));
            List<UnitCode> streets = divisions.below(district, Tier.STREET);
            List<int[]> streetLands = split.split(districts.get(i), communitiesIn(streets));
            for (int j = 0; j < streets.size(); j++) {
                cells.put(streets.get(j), streetLands.get(j));
                allotCommunities(cells, streets.get(j), streetLands.get(j), split);
            }
        }
        return cells;
    }

    private int[] communitiesIn(List<UnitCode> streets) {
        return streets.stream()
                .mapToInt(street -> divisions.below(street, Tier.COMMUNITY).size())
                .toArray();
    }

    private void allotCommunities(SortedMap<UnitCode, int[]> cells, UnitCode street, int[] land, SplitTerritory split) {
        List<UnitCode> communities = divisions.below(street, Tier.COMMUNITY);
        int[] alike = new int[communities.size()];
        Arrays.fill(alike, 1);
        List<int[]> communityLands = split.split(land, alike);
        for (int i = 0; i < communityLands.size(); i++) {
            cells.put(communities.get(i), communityLands.get(i));
            int number = 0;
            for (int cell : communityLands.get(i)) {
                number++;
                cells.put(new UnitCode("%s%03d".formatted(communities.get(i), number)), new int[] {cell});
            }
        }
    }

    /** Residents per grid, unevenly; a parent has the sum of its children. */
    private SortedMap<UnitCode, Long> populate(SortedMap<UnitCode, int[]> cells) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        SortedMap<UnitCode, Long> populations = new TreeMap<>();
        for (DemoPlan.District district : plan.districts()) {
            List<UnitCode> grids = cells.keySet().stream()
                    .filter(code -> code.tier() == Tier.GRID && code.isWithin(district.code()))
                    .toList();
            double[] shares = grids.stream()
                    .mapToDouble(grid -> 0.5 + random.nextDouble())
                    .toArray();
            long[] residents = apportion(district.population(), shares);
            for (int i = 0; i < residents.length; i++) {
                for (UnitCode unit : grids.get(i).chain()) {
                    populations.merge(unit, residents[i], Long::sum);
                }
            }
        }
        return populations;
    }

    /** Whole numbers in these proportions that add up to the total: each gets what is due to all up to it. */
    private static long[] apportion(long total, double[] shares) {
        double all = Arrays.stream(shares).sum();
        long[] parts = new long[shares.length];
        double due = 0;
        long given = 0;
        for (int i = 0; i < shares.length; i++) {
            due += total * shares[i] / all;
            long upToHere = i == shares.length - 1 ? total : Math.round(due);
            parts[i] = upToHere - given;
            given = upToHere;
        }
        return parts;
    }

    private String name(UnitCode code) {
        if (code.tier() != Tier.GRID) {
            return divisions.name(code);
        }
        String community = divisions.name(code.at(Tier.COMMUNITY));
        int number = Integer.parseInt(code.digits().substring(Tier.COMMUNITY.digits()));
        return GridNames.name(community, number);
    }

    /** The cell nearest to the middle of all. */
    private static int innermost(CellMesh mesh, int[] cells) {
        double x = Arrays.stream(cells)
                .mapToDouble(cell -> mesh.seed(cell).x())
                .average()
                .orElseThrow();
        double y = Arrays.stream(cells)
                .mapToDouble(cell -> mesh.seed(cell).y())
                .average()
                .orElseThrow();
        Point middle = new Point(x, y);
        return Arrays.stream(cells)
                .boxed()
                .min(Comparator.comparingDouble(cell -> mesh.seed(cell).distanceTo(middle)))
                .orElseThrow();
    }
}
