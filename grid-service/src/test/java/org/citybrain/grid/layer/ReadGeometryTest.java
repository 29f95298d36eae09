package org.citybrain.grid.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.json.JsonMapper;

class ReadGeometryTest {

    private static final String SQUARE = "[[106.5,29.5],[106.6,29.5],[106.6,29.6],[106.5,29.6],[106.5,29.5]]";

    @Test
    void a_point_of_any_datum_becomes_one_of_wgs84() {
        Position gcj02 = Datum.GCJ02.toWgs84(106.5784, 29.5582);

        Geometry point =
                read("{\"type\": \"Point\", \"coordinates\": [106.5784, 29.5582, 240.5]}", Datum.GCJ02, Layer.DEVICE);

        assertThat(point.getCoordinate().x).isEqualTo(gcj02.longitude()).isCloseTo(106.5747, within(0.001));
        assertThat(point.getCoordinate().y).isEqualTo(gcj02.latitude());
        assertThat(point.getSRID()).isEqualTo(4326);
    }

    @Test
    void polygons_keep_their_type_and_their_holes() {
        String hole = "[[106.52,29.52],[106.54,29.52],[106.54,29.54],[106.52,29.52]]";

        assertThat(area("{\"type\":\"Polygon\",\"coordinates\":[" + SQUARE + "," + hole + "]}")
                        .toText())
                .startsWith("POLYGON ((")
                .contains("), (");
        assertThat(area("{\"type\":\"MultiPolygon\",\"coordinates\":[[" + SQUARE + "]]}")
                        .getGeometryType())
                .isEqualTo("MultiPolygon");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null                                                                                          | geometry is 'null'
            5                                                                                             | geometry is '5'
            {}                                                                                            | geometry/type is absent
            {"type": "Point", "coordinates": [106.5, 29.5]}                                               | a GeoJSON Polygon or MultiPolygon
            {"type": "LineString", "coordinates": [[106.5, 29.5], [106.6, 29.6]]}                         | geometry/type is '"LineString"'
            {"type": "GeometryCollection", "geometries": []}                                              | geometry/geometries is
            {"type": "Polygon", "crs": {"type": "name"}, "coordinates": []}                               | geometry/crs is
            {"type": "Polygon"}                                                                           | geometry/coordinates is absent
            {"type": "Polygon", "coordinates": []}                                                        | at least one ring
            {"type": "Polygon", "coordinates": [[]]}                                                      | a ring of at least four positions
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[1,2]]]}                                     | a ring of at least four positions
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[5,9],[1,3]]]}                               | a ring whose last position is its first
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[5],[1,2]]]}                                 | geometry/coordinates/0/2
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[5,"6"],[1,2]]]}                             | geometry/coordinates/0/2
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[5,1e999],[1,2]]]}                           | geometry/coordinates/0/2
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[5,91],[1,2]]]}                              | geometry/coordinates/0/2
            {"type": "Polygon", "coordinates": [[[1,2],[3,4],[5,6,7,8],[1,2]]]}                           | geometry/coordinates/0/2
            {"type": "Polygon", "coordinates": [[[29.5,106.5],[29.6,106.5],[29.6,106.6],[29.5,106.5]]]}   | geometry/coordinates/0/0
            {"type": "Polygon", "coordinates": [[[106,29],[107,30],[107,29],[106,30],[106,29]]]}          | Self-intersection at 106.5, 29.5
            {"type": "Polygon", "coordinates": [[[106,29],[106,29],[106,29],[106,29]]]}                   | Too few
            {"type": "MultiPolygon", "coordinates": [[[[106,29],[107,29],[107,30],[106,29]]],[[[106,29],[107,29],[107,30],[106,29]]]]} | Self-intersection at 107
            """, quoteCharacter = '~')
    void what_is_no_area_is_refused_with_the_place(String json, String message) {
        assertThatThrownBy(() -> area(json))
                .hasMessageContaining("BAD_GEOMETRY")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type": "Point", "coordinates": []}
            {"type": "Point", "coordinates": 7}
            {"type": "Point", "coordinates": [null, null]}
            {"type": "Point", "coordinates": [[106.5, 29.5]]}
            {"type": "MultiPoint", "coordinates": [[106.5, 29.5]]}
            {"type": "Polygon", "coordinates": [[[106,29],[107,29],[107,30],[106,29]]]}
            """)
    void what_is_no_point_is_refused(String json) {
        assertThatThrownBy(() -> read(json, Datum.WGS84, Layer.KEY_PLACE)).hasMessageContaining("BAD_GEOMETRY");
    }

    @Test
    void more_than_ten_thousand_positions_are_refused_and_so_many_are_not() {
        assertThat(area(circle(9_999)).getNumPoints()).isEqualTo(10_000);
        assertThatThrownBy(() -> area(circle(10_000))).hasMessageContaining("at most 10000 positions");
    }

    private static String circle(int corners) {
        return IntStream.rangeClosed(0, corners)
                .mapToObj(i -> "[" + (106.5 + Math.cos(2 * Math.PI * (i % corners) / corners) / 10) + ","
                        + (29.5 + Math.sin(2 * Math.PI * (i % corners) / corners) / 10) + "]")
                .collect(Collectors.joining(",", "{\"type\":\"Polygon\",\"coordinates\":[[", "]]}"));
    }

    private static Geometry area(String json) {
        return read(json, Datum.WGS84, Layer.WATCH_AREA);
    }

    private static Geometry read(String json, Datum datum, Layer layer) {
        return ReadGeometry.read(JsonMapper.shared().readTree(json), datum, layer);
    }
}
