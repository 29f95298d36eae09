package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;
import org.springframework.jdbc.core.simple.JdbcClient;

class GridIndexTest {

    /** Whole units of 1e-7 degrees, and coordinates as they come: the two ways in which an index keeps them. */
    @ParameterizedTest
    @ValueSource(doubles = {1e7, 0})
    void a_hundred_thousand_places_have_the_answer_of_postgis_edges_included(double unitsPerDegree) {
        List<Polygon> cells = new WovenMesh(44, 46, 7, unitsPerDegree, 11).cells();
        List<Coordinate> places = new Places(cells, 5).hundredThousand();

        int[] found = find(index(cells), places);

        assertThat(differences(places, found, byPostgis(cells, places))).isEmpty();
        assertThat(Arrays.stream(found).distinct().count())
                .as("cells found, and none")
                .isEqualTo(cells.size() + 1);
    }

    /** Places that no rounding of reports would ever make: between an edge and them lies nothing but the last bit of a double. */
    @ParameterizedTest
    @ValueSource(doubles = {1e7, 0})
    void where_rounding_decides_the_side_of_an_edge_it_decides_as_in_postgis(double unitsPerDegree) {
        List<Polygon> cells = new WovenMesh(20, 20, 7, unitsPerDegree, 13).cells();
        List<Coordinate> places = new Places(cells, 17).hairsBreadthFromEdges();

        assertThat(differences(places, find(index(cells), places), byPostgis(cells, places)))
                .isEmpty();
    }

    @Test
    void holes_islands_and_touching_rings_have_the_answer_of_postgis() throws ParseException {
        List<Geometry> units = new ArrayList<>();
        for (String wkt : List.of(
                "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2)), ((12 0, 14 0, 14 2, 12 0)))",
                "MULTIPOLYGON (((2 2, 8 2, 8 8, 2 8, 2 2), (4 4, 4 6, 6 6, 6 4, 4 4), (2 2, 3 4, 4 3, 2 2)))",
                "MULTIPOLYGON (((4 4, 6 4, 6 6, 4 6, 4 4)), ((10 10, 12 10, 12 12, 10 12, 10 10)))",
                "POLYGON ((2 2, 3 4, 4 3, 2 2))")) {
            units.add(new WKTReader().read(wkt));
        }
        List<Coordinate> places = new ArrayList<>();
        for (double x = -0.5; x <= 15; x += 0.25) {
            for (double y = -0.5; y <= 13; y += 0.25) {
                places.add(new Coordinate(x, y));
            }
        }

        int[] found = find(index(units), places);

        assertThat(differences(places, found, byPostgis(units, places))).isEmpty();
        assertThat(Arrays.stream(found).distinct()).containsExactlyInAnyOrder(-1, 0, 1, 2, 3);
    }

    @Test
    void where_units_overlap_the_lowest_number_wins() {
        GridIndex index = index(List.of(box(4, 4, 6, 6), box(0, 0, 10, 10), box(5, 5, 12, 12)));

        assertThat(index.find(5.5, 5.5)).isZero();
        assertThat(index.find(8, 8)).isEqualTo(1);
        assertThat(index.find(11, 11)).isEqualTo(2);
        assertThat(index.find(11, 2)).isEqualTo(-1);
    }

    @Test
    void what_is_no_place_on_the_map_is_in_no_unit() {
        GridIndex index = index(List.of(box(0, 0, 1, 1)));

        assertThat(index.find(Double.NaN, 0.5)).isEqualTo(-1);
        assertThat(index.find(0.5, Double.POSITIVE_INFINITY)).isEqualTo(-1);
        assertThat(index.find(-179, 89)).isEqualTo(-1);
        assertThat(index.find(Math.nextUp(1.0), 0.5)).isEqualTo(-1);
        assertThat(index.find(1, 1)).isZero();
        assertThat(new GridIndex.Builder().build().find(0, 0)).isEqualTo(-1);
    }

    @Test
    void units_near_a_rectangle_are_those_whose_rectangles_meet_it() {
        List<Polygon> cells = new WovenMesh(30, 30, 4, 1e7, 3).cells();
        GridIndex index = index(cells);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            Envelope wanted =
                    new Envelope(cells.get(random.nextInt(cells.size())).getCoordinate());
            wanted.expandBy(random.nextDouble() * random.nextDouble());

            assertThat(index.list(wanted)).isEqualTo(meeting(cells, wanted));
        }
    }

    @Test
    void a_boundary_is_given_back_as_it_was_taken() throws ParseException {
        Geometry islands = new WKTReader()
                .read(
                        "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0), (2 1, 3 1.5, 3 1, 2 1)), ((12 0, 14 0, 14.0000001 2, 12 0)))");
        Geometry finer = new WKTReader().read("POLYGON ((20 0, 21.123456789 0, 21 1.000000001, 20 0))");

        assertThat(index(List.of(islands)).boundary(0).equalsExact(islands)).isTrue();
        GridIndex both = index(List.of(islands, finer));
        assertThat(both.boundary(0).equalsExact(islands)).isTrue();
        assertThat(both.boundary(1).equalsExact(finer)).isTrue();
    }

    /** The aims are for a city of 62,000 grids; memory grows with the number of units. */
    @Test
    void two_thousand_grids_take_no_more_memory_than_their_share_of_forty_megabytes() {
        List<Polygon> cells = new WovenMesh(44, 46, 7, 1e7, 11).cells();

        assertThat(index(cells).bytes()).isLessThan(40_000_000L * cells.size() / 62_000);
    }

    private static GridIndex index(List<? extends Geometry> units) {
        GridIndex.Builder builder = new GridIndex.Builder();
        units.forEach(builder::add);
        return builder.build();
    }

    private static Polygon box(double west, double south, double east, double north) {
        return (Polygon) new GeometryFactory().toGeometry(new Envelope(west, east, south, north));
    }

    private static int[] find(GridIndex index, List<Coordinate> places) {
        return places.stream().mapToInt(place -> index.find(place.x, place.y)).toArray();
    }

    private static List<String> differences(List<Coordinate> places, int[] found, int[] byPostgis) {
        assertThat(found).hasSameSizeAs(byPostgis);
        return IntStream.range(0, found.length)
                .filter(i -> found[i] != byPostgis[i])
                .mapToObj(i -> places.get(i) + " is in " + found[i] + ", by PostGIS in " + byPostgis[i])
                .toList();
    }

    private static int[] meeting(List<Polygon> cells, Envelope envelope) {
        List<Integer> meeting = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).getEnvelopeInternal().intersects(envelope)) {
                meeting.add(i);
            }
        }
        return meeting.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The lowest number of those that cover a place, by {@code st_covers}; -1 for none. */
    private static int[] byPostgis(List<? extends Geometry> units, List<Coordinate> places) {
        Database database = Infrastructure.shared().newDatabase();
        JdbcClient jdbc = JdbcClient.create(database.administratorDataSource());
        jdbc.sql("create table unit (number int, boundary geometry)").update();
        jdbc.sql(
                        "insert into unit select i - 1, st_geomfromwkb(wkb, 4326) from unnest(:wkb) with ordinality as u (wkb, i)")
                .param("wkb", units.stream().map(new WKBWriter()::write).toArray(byte[][]::new))
                .update();
        jdbc.sql("create index on unit using gist (boundary)").update();
        return jdbc
                .sql("""
                        select coalesce((select min(number) from unit
                                         where st_covers(boundary, st_setsrid(st_makepoint(p.longitude, p.latitude), 4326))), -1)
                        from unnest(:longitudes, :latitudes) with ordinality as p (longitude, latitude, i)
                        order by p.i
                        """)
                .param("longitudes", places.stream().map(p -> p.x).toArray(Double[]::new))
                .param("latitudes", places.stream().map(p -> p.y).toArray(Double[]::new))
                .query(Integer.class)
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
