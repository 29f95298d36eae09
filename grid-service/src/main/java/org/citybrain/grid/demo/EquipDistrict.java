package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.citybrain.grid.demo.DemoPart.Department;
import org.citybrain.grid.demo.DemoPart.Feature;
import org.citybrain.grid.demo.DemoPart.KeyPlace;
import org.citybrain.grid.demo.DemoPart.KeyPlaceKind;
import org.citybrain.grid.demo.DemoPart.Layer;
import org.citybrain.grid.demo.mesh.CellMesh;
import org.citybrain.grid.demo.mesh.Plane;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.version.DraftUnit;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.citybrain.messages.UnitKind;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.PrecisionModel;

/**
 * Puts into a district of the full demo city what a real one has in about these numbers: key places, devices, online grids,
 * watch areas, departments with what they answer for. {@code demo/NOTICE.md} lists the assumptions.
 */
final class EquipDistrict {

    private static final double SCHOOLS_PER_COMMUNITY = 0.36;
    private static final double RESERVOIRS_PER_VILLAGE = 0.43;
    private static final int COMMUNITIES_PER_FURTHER_HOSPITAL = 10;
    private static final int TOWNS_PER_CHEMICAL_PLANT = 3;
    private static final int METRO_HUBS_PER_STREET = 2;

    /** The nine districts with the metro. */
    private static final Set<String> METRO_DISTRICTS =
            Set.of("500103", "500104", "500105", "500106", "500107", "500108", "500109", "500112", "500113");

    /** For about 30,000 in the whole city. The real one has 13.6 million sensing resources. */
    private static final double DEVICES_PER_MICRO_GRID = 0.096;

    private static final int RESERVOIRS_PER_WATCHED_DAM = 5;
    private static final double CROWD_METERS = 300;
    private static final double CHEMICALS_METERS = 800;
    private static final double DAM_METERS = 1_000;
    private static final int CORNERS_OF_A_CIRCLE = 24;

    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);

    private final Divisions divisions;
    private final CellMesh mesh;
    private final Plane plane;
    private final SplittableRandom random;

    private final List<KeyPlace> keyPlaces = new ArrayList<>();
    private final List<Feature> features = new ArrayList<>();
    private final List<Department> departments = new ArrayList<>();

    EquipDistrict(Divisions divisions, CellMesh mesh, Plane plane, SplittableRandom random) {
        this.divisions = divisions;
        this.mesh = mesh;
        this.plane = plane;
        this.random = random;
    }

    List<KeyPlace> keyPlaces() {
        return keyPlaces;
    }

    List<Feature> features() {
        return features;
    }

    List<Department> departments() {
        return departments;
    }

    /** @param units of the district, all tiers */
    void equip(Tract district, List<DraftUnit> units) {
        int number = 0;
        for (Tract street : district.below()) {
            placeKeyPlaces(street, ++number);
        }
        district.at(Tier.MICRO_GRID).forEach(this::installDevice);
        Map<UnitCode, DraftUnit> byCode = new HashMap<>();
        units.forEach(unit -> byCode.put(unit.code(), unit));
        district.at(Tier.COMMUNITY).stream()
                .filter(community -> community.code().kind() == UnitKind.RESIDENTS_COMMITTEE)
                .flatMap(community -> community.below().stream())
                .forEach(grid -> openOnlineGrid(Objects.requireNonNull(byCode.get(grid.code()))));
        appointDepartments(Objects.requireNonNull(byCode.get(district.code())));
    }

    /** The same kinds of departments for the city as a whole, and those of its expressways and rivers. */
    void equipCity(DraftUnit city) {
        appointDepartments(city);
        for (Corridor corridor : Corridor.values()) {
            String code = city.code() + "-" + corridor.departmentCode();
            departments.add(new Department(code, corridor.departmentName(), city.code()));
            features.add(new Feature(
                    Layer.RESPONSIBILITY_AREA,
                    code,
                    corridor.kind(),
                    corridor.departmentName() + "（演示）",
                    corridor.area(plane),
                    null,
                    code,
                    corridor.incidentTypes()));
        }
    }

    private void placeKeyPlaces(Tract street, int number) {
        UnitCode code = street.code();
        int communities = street.below().size();
        long villages = street.below().stream()
                .filter(community -> community.code().kind() == UnitKind.VILLAGERS_COMMITTEE)
                .count();
        boolean isTown = code.kind() != UnitKind.STREET;
        int schools = Math.max(2, (int) Math.round(SCHOOLS_PER_COMMUNITY * communities));
        place(street, KeyPlaceKind.SCHOOL, schools, "学校");
        place(street, KeyPlaceKind.HOSPITAL, 1 + communities / COMMUNITIES_PER_FURTHER_HOSPITAL, "医院");
        if (isTown) {
            place(street, KeyPlaceKind.RESERVOIR, (int) Math.round(RESERVOIRS_PER_VILLAGE * villages), "水库");
            place(street, KeyPlaceKind.CHEMICAL_PLANT, number % TOWNS_PER_CHEMICAL_PLANT == 0 ? 1 : 0, "化工厂");
        } else if (METRO_DISTRICTS.contains(code.at(Tier.DISTRICT).digits())) {
            place(street, KeyPlaceKind.METRO_HUB, METRO_HUBS_PER_STREET, "轨道换乘站");
        }
    }

    private void place(Tract street, KeyPlaceKind kind, int count, String name) {
        String stem = divisions.name(street.code()).replaceFirst("街道$|镇$|乡$", "");
        for (int i = 1; i <= count; i++) {
            Point place = somewhereIn(street.cells()[random.nextInt(street.cells().length)]);
            String id = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + street.code() + "-" + i;
            String fullName = stem + "第" + i + name + "（演示）";
            keyPlaces.add(new KeyPlace(id, kind, fullName, plane.toDegrees(place)));
            watch(kind, i, id, fullName, place);
        }
    }

    private void watch(KeyPlaceKind kind, int number, String id, String name, Point place) {
        switch (kind) {
            case METRO_HUB -> watch("CROWD", id, name, circle(place, CROWD_METERS));
            case CHEMICAL_PLANT -> watch("HAZARDOUS_CHEMICALS", id, name, circle(place, CHEMICALS_METERS));
            case RESERVOIR -> {
                if (number % RESERVOIRS_PER_WATCHED_DAM == 1) {
                    watch("DAM", id, name, circle(place, DAM_METERS));
                }
            }
            case SCHOOL, HOSPITAL -> {}
        }
    }

    private void watch(String kind, String id, String name, Geometry area) {
        features.add(new Feature(Layer.WATCH_AREA, "watch-" + id, kind, name, area, null, null, List.of()));
    }

    private void installDevice(Tract microGrid) {
        if (random.nextDouble() < DEVICES_PER_MICRO_GRID) {
            Device device = Device.drawn(random.nextDouble());
            UnitCode grid = microGrid.code().at(Tier.GRID);
            features.add(new Feature(
                    Layer.DEVICE,
                    "device-" + microGrid.code(),
                    device.name(),
                    device.label() + " " + microGrid.code() + "（演示）",
                    WGS84.createPoint(
                            plane.toRoundedDegrees(somewhereIn(microGrid.cells()[0]))),
                    grid,
                    null,
                    List.of()));
        }
    }

    private void openOnlineGrid(DraftUnit grid) {
        features.add(new Feature(
                Layer.ONLINE_GRID,
                "online-" + grid.code(),
                "RESIDENTS_GROUP",
                grid.name() + "居民群",
                grid.boundary(),
                grid.code(),
                null,
                List.of()));
    }

    private void appointDepartments(DraftUnit unit) {
        for (Bureau bureau : Bureau.values()) {
            String code = unit.code() + "-" + bureau.code();
            departments.add(new Department(code, unit.name() + bureau.ending(), unit.code()));
            features.add(new Feature(
                    Layer.RESPONSIBILITY_AREA,
                    code,
                    bureau.name(),
                    unit.name() + bureau.ending() + "（演示）",
                    unit.boundary(),
                    unit.code(),
                    code,
                    bureau.incidentTypes()));
        }
    }

    /** On the way from a cell's middle to its farthest corner: that stays inside. */
    private Point somewhereIn(int cell) {
        Point seed = mesh.seed(cell);
        Point corner = mesh.farthestCorner(cell);
        double along = 0.1 + 0.7 * random.nextDouble();
        return new Point(seed.x() + along * (corner.x() - seed.x()), seed.y() + along * (corner.y() - seed.y()));
    }

    private Geometry circle(Point middle, double radiusMeters) {
        Coordinate[] corners = new Coordinate[CORNERS_OF_A_CIRCLE + 1];
        for (int i = 0; i < CORNERS_OF_A_CIRCLE; i++) {
            double angle = 2 * Math.PI * i / CORNERS_OF_A_CIRCLE;
            corners[i] = plane.toRoundedDegrees(new Point(
                    middle.x() + radiusMeters * StrictMath.cos(angle),
                    middle.y() + radiusMeters * StrictMath.sin(angle)));
        }
        corners[CORNERS_OF_A_CIRCLE] = corners[0];
        return WGS84.createPolygon(corners);
    }

    private enum Device {
        CAMERA(0.40, "摄像机"),
        WATER_LEVEL(0.15, "水位计"),
        SMOKE(0.15, "烟感"),
        TRAFFIC(0.12, "交通流量计"),
        GAS(0.10, "燃气探测器"),
        AIR(0.08, "空气质量站");

        private final double share;
        private final String label;

        Device(double share, String label) {
            this.share = share;
            this.label = label;
        }

        String label() {
            return label;
        }

        /** @param lot from 0 to 1 */
        static Device drawn(double lot) {
            double upToHere = 0;
            for (Device device : values()) {
                upToHere += device.share;
                if (lot < upToHere) {
                    return device;
                }
            }
            return CAMERA;
        }
    }
}
