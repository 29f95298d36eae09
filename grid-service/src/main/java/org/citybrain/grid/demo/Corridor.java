package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;

/**
 * Strips along expressways and rivers, which whole departments answer for: across all borders of units. Their lines run roughly
 * where the real ones do.
 */
enum Corridor {
    EXPRESSWAY_NORTH_WEST(
            "expressway-police-1", "高速公路第一支队", 250, "106.46 29.58;106.23 29.62;106.06 29.84;105.84 30.19"),
    EXPRESSWAY_WEST("expressway-police-2", "高速公路第二支队", 250, "106.46 29.54;106.23 29.59;105.93 29.36;105.59 29.40"),
    EXPRESSWAY_SOUTH(
            "expressway-police-3",
            "高速公路第三支队",
            250,
            "106.28 29.97;106.45 29.80;106.55 29.62;106.60 29.40;106.65 29.03;106.70 28.75"),
    EXPRESSWAY_NORTH_EAST(
            "expressway-police-4", "高速公路第四支队", 250, "106.63 29.72;107.08 29.86;107.35 30.33;107.80 30.67;108.41 30.81"),
    EXPRESSWAY_GORGES("expressway-police-5", "高速公路第五支队", 250, "108.41 30.81;108.70 30.93;109.46 31.02;109.88 31.07"),
    EXPRESSWAY_SOUTH_EAST(
            "expressway-police-6",
            "高速公路第六支队",
            250,
            "106.65 29.55;107.10 29.16;107.76 29.33;108.17 29.29;108.60 29.45;108.80 28.90;109.00 28.45"),
    YANGTZE(
            "river-police-1",
            "长江航运公安局重庆分局",
            500,
            "106.00 29.06;106.26 29.29;106.50 29.42;106.59 29.56;106.78 29.62;107.08 29.80;107.39 29.72;107.73 29.88;"
                    + "108.04 30.28;108.40 30.78;108.70 30.93;109.46 31.02;109.88 31.07"),
    JIALING("river-police-2", "嘉陵江水上派出所", 300, "106.28 29.97;106.40 29.82;106.50 29.62;106.58 29.565"),
    WUJIANG("river-police-3", "乌江水上派出所", 250, "108.17 29.29;107.76 29.35;107.50 29.50;107.39 29.70");

    private static final List<String> ON_THE_ROAD = List.of("traffic.collision", "structure.collapse");
    private static final List<String> ON_THE_RIVER = List.of("flood.river-level", "pollution.water");
    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);

    private static final int BENDS_PER_STRETCH = 12;

    private final String code;
    private final String name;
    private final double halfWidthMeters;
    private final String line;

    /** @param line places of longitude and latitude */
    Corridor(String code, String name, double halfWidthMeters, String line) {
        this.code = code;
        this.name = name;
        this.halfWidthMeters = halfWidthMeters;
        this.line = line;
    }

    String departmentCode() {
        return code;
    }

    String departmentName() {
        return name;
    }

    String kind() {
        return isRiver() ? "RIVER" : "EXPRESSWAY";
    }

    List<String> incidentTypes() {
        return isRiver() ? ON_THE_RIVER : ON_THE_ROAD;
    }

    Polygon area(Plane plane) {
        List<Point> middle = winding(plane);
        List<Coordinate> left = new ArrayList<>();
        List<Coordinate> right = new ArrayList<>();
        for (int i = 0; i < middle.size(); i++) {
            Point before = middle.get(Math.max(0, i - 1));
            Point after = middle.get(Math.min(middle.size() - 1, i + 1));
            double length = after.distanceTo(before);
            double aside = halfWidthMeters / length;
            double dx = -(after.y() - before.y()) * aside;
            double dy = (after.x() - before.x()) * aside;
            Point here = middle.get(i);
            left.add(plane.toRoundedDegrees(new Point(here.x() + dx, here.y() + dy)));
            right.addFirst(plane.toRoundedDegrees(new Point(here.x() - dx, here.y() - dy)));
        }
        left.addAll(right);
        left.add(left.getFirst());
        return WGS84.createPolygon(left.reversed().toArray(Coordinate[]::new));
    }

    private boolean isRiver() {
        return code.startsWith("river");
    }

    /** Each stretch swings out to one side and then to the other. */
    private List<Point> winding(Plane plane) {
        List<Point> places = new ArrayList<>();
        for (String degrees : line.split(";", -1)) {
            String[] both = degrees.split(" ", -1);
            places.add(plane.toMeters(new Position(Double.parseDouble(both[0]), Double.parseDouble(both[1]))));
        }
        List<Point> winding = new ArrayList<>(List.of(places.getFirst()));
        for (int i = 1; i < places.size(); i++) {
            Point from = places.get(i - 1);
            Point to = places.get(i);
            for (int bend = 1; bend <= BENDS_PER_STRETCH; bend++) {
                double along = (double) bend / BENDS_PER_STRETCH;
                double aside = 0.03 * StrictMath.sin(2 * Math.PI * along);
                winding.add(new Point(
                        from.x() + along * (to.x() - from.x()) - aside * (to.y() - from.y()),
                        from.y() + along * (to.y() - from.y()) + aside * (to.x() - from.x())));
            }
        }
        return winding;
    }
}
