package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.grid.demo.DemoPart.KeyPlace;
import org.citybrain.grid.demo.DemoPart.KeyPlaceKind;
import org.citybrain.grid.version.DraftUnit;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.WKBWriter;

class GenerateDemoCityTest {

    private static final double METERS_PER_DEGREE = 96_800; // of longitude, the shorter one here
    private static final DemoPart CITY = generate();

    @Test
    void districts_streets_and_communities_are_those_of_the_published_list() throws IOException {
        Map<String, String> published = publishedUnits();

        assertThat(unitsAbove(Tier.GRID).collect(Collectors.toMap(u -> u.code().digits(), DraftUnit::name)))
                .isEqualTo(published);
        assertThat(countOf(Tier.STREET)).isEqualTo(23);
        assertThat(countOf(Tier.COMMUNITY)).isEqualTo(212);
    }

    @Test
    void a_community_has_about_five_grids_with_codes_from_001_on() {
        Map<UnitCode, List<DraftUnit>> byCommunity = CITY.units().stream()
                .filter(unit -> unit.code().tier() == Tier.GRID)
                .collect(Collectors.groupingBy(unit -> unit.code().at(Tier.COMMUNITY)));

        assertThat(byCommunity).hasSize(212).allSatisfy((community, grids) -> {
            assertThat(grids).hasSizeBetween(3, 8);
            assertThat(grids.getFirst().code().digits()).isEqualTo(community + "001");
            assertThat(grids.getLast().code().digits()).isEqualTo("%s%03d".formatted(community, grids.size()));
        });
    }

    @Test
    void grids_are_named_after_their_community() {
        assertThat(unit("500103001003001").name()).isEqualTo("华一坡社区第一网格");
        assertThat(GridNames.name("上坪村村民委员会", 12)).isEqualTo("上坪村第十二网格");
        assertThat(GridNames.name("上坪村民委员会", 20)).isEqualTo("上坪村第二十网格");
    }

    @Test
    void every_border_is_valid_one_piece_and_without_holes() {
        assertThat(CITY.units()).allSatisfy(unit -> {
            assertThat(unit.boundary().isValid()).isTrue();
            assertThat(unit.boundary().getNumGeometries()).isOne();
            assertThat(((Polygon) unit.boundary().getGeometryN(0)).getNumInteriorRing())
                    .isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(value = Tier.class, names = "MICRO_GRID", mode = Mode.EXCLUDE)
    void units_of_a_tier_neither_overlap_nor_leave_gaps(Tier tier) {
        Geometry[] borders = CITY.units().stream()
                .filter(unit -> unit.code().tier() == tier)
                .map(DraftUnit::boundary)
                .toArray(Geometry[]::new);

        // Gaps up to a metre would be reported as well: neighbours share each vertex.
        Geometry[] faults = CoverageValidator.validate(borders, 1 / METERS_PER_DEGREE);

        assertThat(faults).containsOnlyNulls();
    }

    @Test
    void an_overlap_would_be_seen() {
        Geometry[] borders = CITY.units().stream()
                .filter(unit -> unit.code().tier() == Tier.GRID)
                .map(DraftUnit::boundary)
                .toArray(Geometry[]::new);
        borders[17] = borders[17].buffer(0.5 / METERS_PER_DEGREE);

        assertThat(CoverageValidator.validate(borders, 1 / METERS_PER_DEGREE)[17])
                .isNotNull();
    }

    @Test
    void a_parent_is_exactly_its_children() {
        for (DraftUnit parent : CITY.units()) {
            List<DraftUnit> children = children(parent);
            if (!children.isEmpty()) {
                double sum = children.stream()
                        .mapToDouble(u -> u.boundary().getArea())
                        .sum();
                assertThat(Math.abs(parent.boundary().getArea() - sum) / sum).isLessThan(1e-9);
                assertThat(children.stream().mapToLong(DraftUnit::population).sum())
                        .isEqualTo(parent.population());
                Set<Coordinate> vertices = children.stream()
                        .flatMap(child -> Arrays.stream(child.boundary().getCoordinates()))
                        .collect(Collectors.toCollection(HashSet::new));
                assertThat(vertices).contains(parent.boundary().getCoordinates());
            }
        }
    }

    @Test
    void people_are_those_of_the_census() {
        assertThat(unit("500103").population()).isEqualTo(588_000);
        assertThat(unit("500105").population()).isEqualTo(925_000);
        assertThat(unit("50").population()).isEqualTo(1_513_000);
        assertThat(CITY.units())
                .allSatisfy(unit -> assertThat(unit.population()).isGreaterThan(300));
    }

    @Test
    void grids_are_irregular() {
        List<DraftUnit> grids =
                CITY.units().stream().filter(u -> u.code().tier() == Tier.GRID).toList();

        assertThat(grids.stream()
                        .mapToInt(GenerateDemoCityTest::vertices)
                        .average()
                        .orElseThrow())
                .isBetween(28.0, 34.0);
        assertThat(grids).allSatisfy(grid -> assertThat(vertices(grid)).isGreaterThan(10));
        assertThat(grids).allSatisfy(grid -> {
            double fillOfItsBox =
                    grid.boundary().getArea() / grid.boundary().getEnvelope().getArea();
            assertThat(fillOfItsBox).isLessThan(0.95);
        });
    }

    @Test
    void representative_points_lie_well_inside() {
        assertThat(CITY.units()).allSatisfy(unit -> {
            Geometry point = point(
                    unit.representativePoint().longitude(),
                    unit.representativePoint().latitude());
            assertThat(unit.boundary().contains(point)).isTrue();
            double clearanceMeters = unit.boundary().getBoundary().distance(point) * METERS_PER_DEGREE;
            assertThat(clearanceMeters).isGreaterThan(30);
        });
    }

    @Test
    void the_two_districts_have_about_their_real_sizes_and_a_common_border() {
        assertThat(squareKilometers("500103")).isBetween(20.0, 27.0);
        assertThat(squareKilometers("500105")).isBetween(200.0, 240.0);
        Geometry common = unit("500103").boundary().intersection(unit("500105").boundary());
        assertThat(common.getLength() * METERS_PER_DEGREE).isGreaterThan(2_000);
        assertThat(unit("500103").boundary().contains(point(106.5784, 29.5582))).isTrue();
    }

    @Test
    void key_places_of_all_kinds_lie_in_grids_and_off_their_representative_points() {
        assertThat(CITY.keyPlaces()).hasSizeGreaterThan(100);
        assertThat(CITY.keyPlaces()).extracting(KeyPlace::kind).contains(KeyPlaceKind.values());
        List<DraftUnit> grids =
                CITY.units().stream().filter(u -> u.code().tier() == Tier.GRID).toList();
        assertThat(CITY.keyPlaces()).allSatisfy(place -> {
            Geometry point =
                    point(place.position().longitude(), place.position().latitude());
            assertThat(grids.stream().filter(grid -> grid.boundary().contains(point)))
                    .hasSize(1);
            assertThat(grids.stream()
                                    .mapToDouble(grid -> point.distance(point(
                                            grid.representativePoint().longitude(),
                                            grid.representativePoint().latitude())))
                                    .min()
                                    .orElseThrow()
                            * METERS_PER_DEGREE)
                    .isGreaterThan(120);
        });
    }

    @Test
    void most_grids_have_somebody_on_duty_at_any_time() {
        Map<UnitCode, Long> workers = CITY.staff().stream()
                .filter(duty -> duty.kind() == DemoPart.DutyKind.GRID_WORKER)
                .collect(Collectors.groupingBy(DemoPart.Duty::unit, Collectors.counting()));

        assertThat(workers).hasSize(Math.toIntExact(countOf(Tier.GRID)));
        assertThat(workers.values().stream().filter(count -> count == 2).count())
                .isGreaterThan(workers.size() * 8L / 10)
                .isLessThan(workers.size());
    }

    @Test
    void it_is_the_same_every_time() {
        assertThat(bytes(generate())).isEqualTo(bytes(CITY));
    }

    @Test
    void it_is_the_same_on_every_machine() {
        // Changes only when the demo city is meant to change: others may keep what they saw of it.
        assertThat(bytes(CITY).hashCode()).isEqualTo(6184226);
    }

    private static DemoPart generate() {
        DemoPlan plan = DemoPlan.small();
        return new GenerateDemoCity(plan, Divisions.read())
                .generate(plan.parts().getFirst());
    }

    /** Read apart from the code that is tested. */
    private static Map<String, String> publishedUnits() throws IOException {
        try (InputStream file = GenerateDemoCityTest.class.getResourceAsStream("/demo/chongqing-units-nbs-2023.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("(500103|500105|500000)[0-9]{6},.*"))
                    .map(line -> line.split(","))
                    .collect(Collectors.toMap(
                            fields -> switch (fields[3]) {
                                case "CITY" -> "50";
                                case "DISTRICT" -> fields[0].substring(0, 6);
                                case "STREET" -> fields[0].substring(0, 9);
                                default -> fields[0];
                            },
                            fields -> fields[1]));
        }
    }

    private static java.util.stream.Stream<DraftUnit> unitsAbove(Tier tier) {
        return CITY.units().stream().filter(unit -> unit.code().tier().isAbove(tier));
    }

    private static long countOf(Tier tier) {
        return CITY.units().stream().filter(unit -> unit.code().tier() == tier).count();
    }

    private static DraftUnit unit(String code) {
        return CITY.units().stream()
                .filter(unit -> unit.code().digits().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static List<DraftUnit> children(DraftUnit parent) {
        return CITY.units().stream()
                .filter(unit ->
                        unit.code().parent().filter(parent.code()::equals).isPresent())
                .toList();
    }

    private static int vertices(DraftUnit unit) {
        return unit.boundary().getNumPoints() - 1;
    }

    private static double squareKilometers(String code) {
        return unit(code).boundary().getArea() * METERS_PER_DEGREE * 110_860 / 1e6;
    }

    private static Geometry point(double longitude, double latitude) {
        return new GeometryFactory().createPoint(new Coordinate(longitude, latitude));
    }

    private static String bytes(DemoPart city) {
        return city.units().stream()
                        .map(unit -> unit.code()
                                + unit.name()
                                + unit.population()
                                + unit.representativePoint()
                                + WKBWriter.toHex(new WKBWriter().write(unit.boundary())))
                        .collect(Collectors.joining())
                + city.keyPlaces()
                + city.staff();
    }
}
