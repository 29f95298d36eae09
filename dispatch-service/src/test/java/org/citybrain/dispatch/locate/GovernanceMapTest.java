package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.Position;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKTWriter;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

class GovernanceMapTest {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();
    private static final Envelope EXTENT = new Envelope(106.4, 106.6, 29.4, 29.6);

    @Test
    void ten_thousand_places_are_found_in_the_grid_that_holds_them_as_postgis_finds_them() {
        List<Grid> grids = cells(400);
        GovernanceMap map = map(grids, List.of());
        Database database = Infrastructure.shared().newDatabase();
        JdbcClient jdbc = JdbcClient.create(database.administratorDataSource());
        jdbc.sql("create table cell (code text, boundary geometry(Polygon, 4326))")
                .update();
        for (Grid grid : grids) {
            jdbc.sql("insert into cell values (:code, st_geomfromtext(:wkt, 4326))")
                    .param("code", grid.code())
                    .param("wkt", new WKTWriter().write(grid.boundary()))
                    .update();
        }
        List<Position> places = places(grids, 10_000);

        List<String> found =
                places.stream().map(p -> map.findGrid(p).orElse("-")).toList();
        List<String> byPostgis = jdbc.sql("""
                        select coalesce((select min(code) from cell
                                         where st_intersects(boundary, st_setsrid(st_makepoint(p.longitude, p.latitude), 4326))), '-')
                        from unnest(:longitudes, :latitudes) with ordinality as p (longitude, latitude, i)
                        order by p.i
                        """)
                .param("longitudes", places.stream().map(Position::longitude).toArray(Double[]::new))
                .param("latitudes", places.stream().map(Position::latitude).toArray(Double[]::new))
                .query(String.class)
                .list();

        assertThat(found).isEqualTo(byPostgis);
        assertThat(found).contains("-");
        assertThat(Set.copyOf(found)).as("grids found").hasSizeGreaterThan(350);
    }

    @Test
    void on_a_shared_edge_the_lowest_code_wins() {
        List<Grid> grids = List.of(square("500103001001002", 0), square("500103001001001", 1));
        GovernanceMap map = map(grids, List.of());

        assertThat(map.findGrid(new Position(SquareCity.WEST + SquareCity.SIDE, SquareCity.latitude())))
                .contains("500103001001001");
    }

    @Test
    void a_footprint_gives_each_grid_its_share_of_area_and_people() {
        GovernanceMap map = map(List.of(square("500103001001001", 0), square("500103001001002", 1)), List.of());
        Geometry half = GEOMETRIES.toGeometry(new Envelope(
                SquareCity.WEST + SquareCity.SIDE / 2,
                SquareCity.WEST + SquareCity.SIDE * 2,
                SquareCity.SOUTH,
                SquareCity.SOUTH + SquareCity.SIDE));

        FootprintMeasure measure = map.measure(half);

        assertThat(measure.people()).isEqualTo(1_500);
        assertThat(measure.grids())
                .extracting(FootprintMeasure.TouchedGrid::code)
                .containsExactly("500103001001001", "500103001001002");
        assertThat(measure.grids().getFirst().shareOfFootprint()).isCloseTo(1 / 3.0, withPercentage(0.01));
        assertThat(measure.grids().getFirst().shareOfGrid()).isCloseTo(0.5, withPercentage(0.01));
        assertThat(measure.grids().stream()
                        .mapToDouble(FootprintMeasure.TouchedGrid::shareOfFootprint)
                        .sum())
                .isCloseTo(1, withPercentage(0.001));
    }

    @Test
    void areas_are_those_of_the_ellipsoid() {
        Database database = Infrastructure.shared().newDatabase();
        JdbcClient jdbc = JdbcClient.create(database.administratorDataSource());
        for (Grid cell : cells(400)) {
            if (!EXTENT.contains(cell.boundary().getEnvelopeInternal())) {
                continue; // at the rim of the diagram cells are as large as a province
            }
            double onTheEllipsoid = jdbc.sql("select st_area(st_geomfromtext(:wkt, 4326)::geography)")
                    .param("wkt", new WKTWriter().write(cell.boundary()))
                    .query(Double.class)
                    .single();
            // PostGIS draws edges as geodesics, the plane as straight lines in longitude and latitude.
            assertThat(EqualAreaPlane.project(cell.boundary()).getArea())
                    .isCloseTo(onTheEllipsoid, withPercentage(0.01));
        }
    }

    @Test
    void a_radius_gives_the_area_of_its_circle() {
        Geometry circle = Footprints.circle(new Position(106.55, 29.55), 250);

        assertThat(EqualAreaPlane.project(circle).getArea()).isCloseTo(Math.PI * 250 * 250, withPercentage(0.01));
    }

    @Test
    void key_places_are_those_inside_the_footprint() {
        KeyPlace inside =
                new KeyPlace("a", "SCHOOL", "a", new Position(SquareCity.longitudeOf(0), SquareCity.latitude()));
        KeyPlace outside =
                new KeyPlace("b", "SCHOOL", "b", new Position(SquareCity.longitudeOf(1), SquareCity.latitude()));
        GovernanceMap map =
                map(List.of(square("500103001001001", 0), square("500103001001002", 1)), List.of(inside, outside));

        assertThat(map.measure(Footprints.circle(inside.position(), 100)).keyPlaces())
                .containsExactly(inside);
    }

    private static GovernanceMap map(List<Grid> grids, List<KeyPlace> keyPlaces) {
        Grids.Builder builder = new Grids.Builder();
        grids.stream().sorted(Comparator.comparing(Grid::code)).forEach(builder::add);
        return new GovernanceMap(
                new MapVersion(1, Instant.EPOCH),
                builder.build(),
                new KeyPlaces(keyPlaces, Instant.MAX),
                new UnitNames.Builder().build(),
                new Roster(List.of()));
    }

    private static Grid square(String code, int place) {
        double west = SquareCity.WEST + SquareCity.SIDE * place;
        return new Grid(
                code,
                1_000,
                GEOMETRIES.toGeometry(new Envelope(
                        west, west + SquareCity.SIDE, SquareCity.SOUTH, SquareCity.SOUTH + SquareCity.SIDE)));
    }

    /** Voronoi cells, as irregular neighbours. */
    private static List<Grid> cells(int count) {
        SplittableRandom random = new SplittableRandom(42);
        List<Coordinate> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seeds.add(new Coordinate(
                    EXTENT.getMinX() + random.nextDouble() * EXTENT.getWidth(),
                    EXTENT.getMinY() + random.nextDouble() * EXTENT.getHeight()));
        }
        VoronoiDiagramBuilder voronoi = new VoronoiDiagramBuilder();
        voronoi.setSites(seeds);
        Geometry diagram = voronoi.getDiagram(GEOMETRIES);
        AtomicInteger number = new AtomicInteger();
        List<Grid> grids = new ArrayList<>();
        for (int i = 0; i < diagram.getNumGeometries(); i++) {
            grids.add(new Grid("500103001%06d".formatted(number.incrementAndGet()), 1_000, diagram.getGeometryN(i)));
        }
        return grids;
    }

    /** Uniform ones, some outside, and every corner of every cell, which lies on a border. */
    private static List<Position> places(List<Grid> grids, int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new Position(106.1 + random.nextDouble() * 0.8, 29.1 + random.nextDouble() * 0.8));
        }
        places.add(new Position(0, 0));
        for (Grid grid : grids) {
            for (Coordinate corner : grid.boundary().getCoordinates()) {
                places.add(new Position(corner.x, corner.y));
            }
        }
        return places;
    }
}
