package org.citybrain.grid.demo;

import static org.citybrain.grid.demo.DemoPart.KeyPlaceKind.CHEMICAL_PLANT;
import static org.citybrain.grid.demo.DemoPart.KeyPlaceKind.HOSPITAL;
import static org.citybrain.grid.demo.DemoPart.KeyPlaceKind.METRO_HUB;
import static org.citybrain.grid.demo.DemoPart.KeyPlaceKind.RESERVOIR;
import static org.citybrain.grid.demo.DemoPart.KeyPlaceKind.SCHOOL;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.citybrain.grid.demo.DemoPart.KeyPlace;
import org.citybrain.grid.demo.DemoPart.KeyPlaceKind;
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

    PlaceKeyPlaces(Divisions divisions, CellMesh mesh, Plane plane) {
        this.divisions = divisions;
        this.mesh = mesh;
        this.plane = plane;
    }

    /**
     * In each street schools, a hospital and a metro hub, in each town a chemical plant and a reservoir as well.
     *
     * @param tracts their grids have a cell each
     */
    List<KeyPlace> place(List<Tract> tracts) {
        return tracts.stream()
                .flatMap(tract -> tract.at(Tier.STREET).stream())
                .flatMap(street -> inStreet(street).stream())
                .toList();
    }

    private List<KeyPlace> inStreet(Tract tract) {
        UnitCode street = tract.code();
        List<Wish> wishes = new ArrayList<>(EVERYWHERE);
        if (street.kind() == UnitKind.TOWN) {
            wishes.addAll(IN_TOWNS);
        }
        String stem = divisions.name(street).replaceFirst("街道$|镇$|乡$", "");
        List<Point> corners = farApart(tract);
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
    private List<Point> farApart(Tract street) {
        List<Integer> roomiest = street.at(Tier.GRID).stream()
                .map(grid -> grid.cells()[0])
                .sorted(Comparator.comparingDouble(this::roomMeters).reversed())
                .toList();
        List<Point> chosen = new ArrayList<>();
        for (int cell : roomiest) {
            Point corner = nearCorner(cell);
            if (chosen.stream().allMatch(other -> other.distanceTo(corner) >= LEAST_DISTANCE_METERS)) {
                chosen.add(corner);
            }
        }
        return chosen;
    }

    private double roomMeters(int cell) {
        return mesh.seed(cell).distanceTo(mesh.farthestCorner(cell));
    }

    private Point nearCorner(int cell) {
        Point seed = mesh.seed(cell);
        Point corner = mesh.farthestCorner(cell);
        return new Point(
                seed.x() + SHARE_OF_THE_WAY_TO_THE_CORNER * (corner.x() - seed.x()),
                seed.y() + SHARE_OF_THE_WAY_TO_THE_CORNER * (corner.y() - seed.y()));
    }

    private record Wish(KeyPlaceKind kind, String name) {}
}
