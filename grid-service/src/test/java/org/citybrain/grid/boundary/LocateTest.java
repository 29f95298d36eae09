package org.citybrain.grid.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.citybrain.grid.RunningGridService;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

class LocateTest extends RunningGridService {

    @Test
    void a_place_downtown_has_a_chain_of_five() {
        Answer answer = get("/v1/locate?longitude=106.5784&latitude=29.5582&datum=WGS84");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("mapVersion").asLong()).isEqualTo(1);
        assertThat(answer.body().get("position").get("longitude").asDouble()).isEqualTo(106.5784);
        assertThat(answer.body()
                        .get("chain")
                        .valueStream()
                        .map(link -> link.get("tier").asString()))
                .containsExactly("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID");
        assertThat(answer.body().get("chain").get(1).get("code").asString()).isEqualTo("500103");
        assertThat(answer.body().get("chain").get(1).get("name").asString()).isEqualTo("渝中区");
    }

    @Test
    void the_same_place_in_every_datum_has_the_same_chain() {
        Answer wgs84 = get("/v1/locate?longitude=106.5784&latitude=29.5582&datum=WGS84");
        // 106.5784 29.5582 as GCJ-02, by the published formula.
        Position shifted = shifted(Datum.GCJ02, 106.5784, 29.5582);

        Answer gcj02 = get("/v1/locate?longitude=%.7f&latitude=%.7f&datum=GCJ02"
                .formatted(shifted.longitude(), shifted.latitude()));

        assertThat(gcj02.body().get("chain")).isEqualTo(wgs84.body().get("chain"));
        assertThat(get("/v1/locate?longitude=106.5784&latitude=29.5582&datum=CGCS2000")
                        .body())
                .isEqualTo(wgs84.body());
        assertThat(get("/v1/locate?longitude=106.5784&latitude=29.5582&datum=GCJ02")
                        .body())
                .isNotEqualTo(wgs84.body());
    }

    @Test
    void the_representative_point_of_each_grid_is_in_that_grid() {
        List<UnitPoint> points = database().sql("""
                        select code, st_x(representative_point) as longitude, st_y(representative_point) as latitude
                        from grid.unit_version where tier = 'GRID'
                        """).query(UnitPoint.class).list();

        assertThat(points)
                .hasSizeGreaterThan(1000)
                .allSatisfy(point ->
                        assertThat(gridAt(point.longitude(), point.latitude())).isEqualTo(point.code()));
    }

    @Test
    void seeded_points_are_in_the_polygon_that_they_lie_in() {
        List<GridArea> grids = grids();
        Envelope around = new Envelope();
        grids.forEach(grid -> around.expandToInclude(grid.border().getEnvelopeInternal()));
        SplittableRandom random = new SplittableRandom(42);

        for (int i = 0; i < 1000; i++) {
            double longitude = random.nextDouble(around.getMinX(), around.getMaxX());
            double latitude = random.nextDouble(around.getMinY(), around.getMaxY());
            String rounded = gridAt(longitude, latitude);
            assertThat(rounded).isEqualTo(lowestCovering(grids, new Coordinate(longitude, latitude)));
        }
    }

    @Test
    void a_shared_vertex_belongs_to_the_lowest_code() {
        List<GridArea> grids = grids();
        int shared = 0;
        for (int i = 0; i < grids.size(); i += 20) {
            for (Coordinate vertex : grids.get(i).border().getCoordinates()) {
                String lowest = lowestCovering(grids, vertex);
                assertThat(gridAt(vertex.x, vertex.y)).isEqualTo(lowest);
                shared += lowest.equals(grids.get(i).code()) ? 0 : 1;
            }
        }
        assertThat(shared).isGreaterThan(100);
    }

    @Test
    void a_moment_before_the_map_has_no_answer() {
        Answer answer = get("/v1/locate?longitude=106.5784&latitude=29.5582&datum=WGS84&at=2020-01-01T00:00:00Z");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("reason").asString()).isEqualTo("NO_MAP");
    }

    @Test
    void a_moment_can_be_given_with_an_offset() {
        assertThat(get("/v1/locate?longitude=106.5784&latitude=29.5582&datum=WGS84&at=2023-06-30T00:00:00%2B08:00")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_index_that_the_query_names_is_used() {
        String explain = "explain "
                + PostgisGridAt.FIND
                        .replace(":longitude", "106.5784")
                        .replace(":latitude", "29.5582")
                        .replace(":at", "timestamptz '2026-07-01'");

        assertThat(database().sql(explain).query(String.class).list())
                .anySatisfy(line -> assertThat(line).contains("Index Scan using unit_version_by_place_grid"));
    }

    /** "" outside. */
    private String gridAt(double longitude, double latitude) {
        Answer answer = get("/v1/locate?datum=WGS84&longitude=" + plain(longitude) + "&latitude=" + plain(latitude));
        if (answer.status() == 404) {
            assertThat(answer.body().get("reason").asString()).isEqualTo("OUTSIDE_CITY");
            return "";
        }
        return answer.body().get("chain").get(4).get("code").asString();
    }

    private static String plain(double degrees) {
        return new BigDecimal(Double.toString(degrees)).toPlainString();
    }

    private static String lowestCovering(List<GridArea> grids, Coordinate place) {
        return grids.stream()
                .filter(grid -> grid.border().getEnvelopeInternal().covers(place))
                .filter(grid -> grid.locator().locate(place) != Location.EXTERIOR)
                .map(GridArea::code)
                .findFirst()
                .orElse("");
    }

    /** In the order of their codes. */
    private static List<GridArea> grids() {
        return database()
                .sql(
                        "select code, st_asbinary(boundary) as boundary from grid.unit_version where tier = 'GRID' order by code")
                .query((row, number) -> {
                    try {
                        Geometry border = new WKBReader().read(row.getBytes("boundary"));
                        return new GridArea(row.getString("code"), border, new IndexedPointInAreaLocator(border));
                    } catch (ParseException failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .list();
    }

    private static Position shifted(Datum datum, double longitude, double latitude) {
        double lon = longitude;
        double lat = latitude;
        for (int i = 0; i < 30; i++) {
            Position back = datum.toWgs84(lon, lat);
            lon += longitude - back.longitude();
            lat += latitude - back.latitude();
        }
        return new Position(lon, lat);
    }

    private record UnitPoint(String code, double longitude, double latitude) {}

    private record GridArea(String code, Geometry border, IndexedPointInAreaLocator locator) {}
}
