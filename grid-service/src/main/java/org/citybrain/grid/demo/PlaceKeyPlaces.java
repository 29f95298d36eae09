package org.citybrain.grid.demo;

import static org.citybrain.grid.demo.DemoCity.KeyPlaceKind.CHEMICAL_PLANT;
import static org.citybrain.grid.demo.DemoCity.KeyPlaceKind.HOSPITAL;
import static org.citybrain.grid.demo.DemoCity.KeyPlaceKind.METRO_HUB;
import static org.citybrain.grid.demo.DemoCity.KeyPlaceKind.RESERVOIR;
import static org.citybrain.grid.demo.DemoCity.KeyPlaceKind.SCHOOL;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.citybrain.grid.demo.DemoCity.KeyPlace;
import org.citybrain.grid.demo.DemoCity.KeyPlaceKind;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.citybrain.messages.UnitKind;

/**
 * Puts key places into the grids with the most room, each in the farthest corner from the grid's representative point, so
 * that a small incident there stays clear of them.
 */
final class PlaceKeyPlaces {

    private static final List<Wish> EVERYWHERE = List.of(
            new Wish(SCHOOL, "第一小学"),
            new Wish(HOSPITAL, "社区医院"),
            new Wish(SCHOOL, "第一中学"),
            new Wish(METRO_HUB, "轨道换乘站"),
            new Wish(SCHOOL, "第二小学"));
    private static final List<Wish> IN_TOWNS = List.of(new Wish(CHEMICAL_PLANT, "化工厂"), new Wish(RESERVOIR, "水库"));

    private static final double LEAST_DISTANCE_METERS = 300;

    private static final double SHARE_OF_THE_WAY_TO_THE_CORNER = 0.85;

    private final Divisions divisions;
    private final CellMesh mesh;
    private final Plane plane;
    private final SortedMap<UnitCode, int[]> cells;

    /** @param cells of every unit; a grid has one */
    PlaceKeyPlaces(Divisions divisions, CellMesh mesh, Plane plane, SortedMap<UnitCode, int[]> cells) {
        this.divisions = divisions;
        this.mesh = mesh;
        this.plane = plane;
        this.cells = cells;
    }

    /** In each street schools, a hospital and a metro hub, in each town a chemical plant and a reservoir as well. */
    List<KeyPlace> place() {
        List<KeyPlace> places = new ArrayList<>();
        for (UnitCode street : cells.keySet()) {
            if (street.tier() == Tier.STREET) {
                places.addAll(inStreet(street));
            }
        }
        return places;
    }

    private List<KeyPlace> inStreet(UnitCode street) {
        List<Wish> wishes = new ArrayList<>(EVERYWHERE);
        if (street.kind() == UnitKind.TOWN) {
            wishes.addAll(IN_TOWNS);
        }
        String stem = divisions.name(street).replaceFirst("街道$|镇$|乡$", "");
        List<Point> corners = farApart(street);
        List<KeyPlace> places = new ArrayList<>();
        for (int i = 0; i < Math.min(wishes.size(), corners.size()); i++) {
            Wish wish = wishes.get(i);
            places.add(new KeyPlace(
                    "demo-" + street + "-" + (i + 1),
                    wish.kind(),
                    stem + wish.name() + "（演示）",
                    plane.toDegrees(corners.get(i))));
        }
        return places;
    }

    /** The corners of the street's grids, those with the most room first, leaving out what lies near to one before. */
    private List<Point> farApart(UnitCode street) {
        List<UnitCode> roomiest = cells.keySet().stream()
                .filter(code -> code.tier() == Tier.GRID && code.isWithin(street))
                .sorted(Comparator.comparingDouble(this::roomMeters).reversed())
                .toList();
        List<Point> chosen = new ArrayList<>();
        for (UnitCode grid : roomiest) {
            Point corner = nearCorner(grid);
            if (chosen.stream().allMatch(other -> other.distanceTo(corner) >= LEAST_DISTANCE_METERS)) {
                chosen.add(corner);
            }
        }
        return chosen;
    }

    private double roomMeters(UnitCode grid) {
        Point seed = mesh.seed(cell(grid));
        Point corner = mesh.farthestCorner(cell(grid));
        return seed.distanceTo(corner);
    }

    private Point nearCorner(UnitCode grid) {
        Point seed = mesh.seed(cell(grid));
        Point corner = mesh.farthestCorner(cell(grid));
        return new Point(
                seed.x() + SHARE_OF_THE_WAY_TO_THE_CORNER * (corner.x() - seed.x()),
                seed.y() + SHARE_OF_THE_WAY_TO_THE_CORNER * (corner.y() - seed.y()));
    }

    private int cell(UnitCode grid) {
        return Objects.requireNonNull(cells.get(grid), grid::digits)[0];
    }

    private record Wish(KeyPlaceKind kind, String name) {}
}
