package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.citybrain.grid.demo.DemoPart.Duty;
import org.citybrain.grid.demo.DemoPart.KeyPlace;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.demo.mesh.TraceOutlines;
import org.citybrain.grid.version.DraftUnit;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.citybrain.messages.UnitKind;

/**
 * Invents a city: lay out the land of all districts → for each part divide its districts down to cells → people → trace every
 * unit's border → what lies in it, who serves there. Each step draws from its own seeded numbers, and each part from its own:
 * so the parts can be made in any order, and several at once.
 */
final class GenerateDemoCity {

    /** A residents' committee's land is not only smaller than a villagers', it is also lived on more densely. */
    private static final double PEOPLE_IN_TOWN = 1.8;

    private final DemoPlan plan;
    private final Divisions divisions;
    private final Plane plane;
    private final Land land;

    /** Lays out the land: the one thing that concerns all parts. */
    GenerateDemoCity(DemoPlan plan, Divisions divisions) {
        this.plan = plan;
        this.divisions = divisions;
        this.plane = new Plane(plan.centre());
        this.land = plan.land().layOut(plane, plan.districts(), divisions);
    }

    DemoPart generate(DemoPlan.Part part) {
        List<Tract> tracts = new ArrayList<>();
        if (part.withCity()) {
            tracts.add(new Tract(plan.city(), ascending(land.districts()), List.of()));
        }
        Map<UnitCode, Long> populations = new HashMap<>();
        populations.put(
                plan.city(),
                plan.districts().stream()
                        .mapToLong(DemoPlan.District::population)
                        .sum());
        SplittableRandom random =
                new SplittableRandom(DemoPlan.SEED + 1 + plan.parts().indexOf(part));
        for (DemoPlan.District district : part.districts()) {
            Tract tract = new DivideDistrict(plan, divisions, land.mesh(), plane.toMeters(district.seat()))
                    .divide(
                            district.code(),
                            land.districts().get(plan.districts().indexOf(district)));
            populate(tract, district.population(), random, populations);
            tracts.add(tract);
        }

        TraceOutlines outlines = new TraceOutlines(land.mesh(), plan.borderStep());
        List<DraftUnit> units = new ArrayList<>();
        for (Tract tract : tracts) {
            tract.forEach(each -> units.add(unit(each, populations, outlines)));
        }
        List<UnitCode> codes = units.stream().map(DraftUnit::code).toList();
        List<Duty> staff = FillRosters.fill(codes);
        if (!plan.hasMicroGrids()) {
            List<KeyPlace> keyPlaces = new PlaceKeyPlaces(divisions, land.mesh(), plane).place(tracts);
            return new DemoPart(part.name(), units, keyPlaces, List.of(), List.of(), staff);
        }
        var equipment = new EquipDistrict(divisions, land.mesh(), plane, random);
        for (Tract tract : tracts) {
            if (tract.code().tier() == Tier.CITY) {
                equipment.equipCity(units.getFirst());
            } else {
                equipment.equip(tract, units);
            }
        }
        return new DemoPart(
                part.name(), units, equipment.keyPlaces(), equipment.features(), equipment.departments(), staff);
    }

    private static int[] ascending(List<int[]> districts) {
        return districts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    }

    private DraftUnit unit(Tract tract, Map<UnitCode, Long> populations, TraceOutlines outlines) {
        return new DraftUnit(
                tract.code(),
                name(tract.code()),
                Objects.requireNonNull(populations.get(tract.code()), tract.code()::digits),
                outlines.trace(tract.cells()),
                plane.toDegrees(land.mesh().seed(innermost(land.mesh(), tract.cells()))),
                null);
    }

    /** Residents per cell, unevenly; a parent has the sum of its children. */
    private static void populate(
            Tract district, long population, SplittableRandom random, Map<UnitCode, Long> populations) {
        List<UnitCode> leaves = new ArrayList<>();
        district.forEach(tract -> {
            if (tract.below().isEmpty()) {
                leaves.add(tract.code());
            }
        });
        double[] shares = leaves.stream()
                .mapToDouble(leaf -> weight(leaf) * (0.5 + random.nextDouble()))
                .toArray();
        long[] residents = apportion(population, shares);
        for (int i = 0; i < residents.length; i++) {
            populations.put(leaves.get(i), residents[i]);
        }
        sum(district, populations);
    }

    private static double weight(UnitCode leaf) {
        boolean inTown =
                leaf.tier() == Tier.MICRO_GRID && leaf.at(Tier.COMMUNITY).kind() == UnitKind.RESIDENTS_COMMITTEE;
        return inTown ? PEOPLE_IN_TOWN : 1;
    }

    private static long sum(Tract tract, Map<UnitCode, Long> populations) {
        if (!tract.below().isEmpty()) {
            populations.put(
                    tract.code(),
                    tract.below().stream()
                            .mapToLong(below -> sum(below, populations))
                            .sum());
        }
        return Objects.requireNonNull(populations.get(tract.code()), tract.code()::digits);
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
        if (code.tier().isAbove(Tier.GRID)) {
            return divisions.name(code);
        }
        return GridNames.name(divisions.name(code.at(Tier.COMMUNITY)), code);
    }

    /** The cell nearest to the middle of all. */
    private static int innermost(CellMesh mesh, int[] cells) {
        Point middle = new Point(
                Arrays.stream(cells)
                        .mapToDouble(cell -> mesh.seed(cell).x())
                        .average()
                        .orElseThrow(),
                Arrays.stream(cells)
                        .mapToDouble(cell -> mesh.seed(cell).y())
                        .average()
                        .orElseThrow());
        int innermost = cells[0];
        for (int cell : cells) {
            if (mesh.seed(cell).distanceTo(middle) < mesh.seed(innermost).distanceTo(middle)) {
                innermost = cell;
            }
        }
        return innermost;
    }
}
