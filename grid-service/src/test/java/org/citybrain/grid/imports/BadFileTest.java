package org.citybrain.grid.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each bad file gets one clear report, and leaves every row as it was. */
class BadFileTest extends RunningImports {

    private static final MadeMap MAP = MadeMap.small();
    private static final TreeMap<String, Geometry> GRIDS = MAP.drawGrids();

    /** Without micro-grids, neighbour to the west and below it a grid of the same community. */
    private static final String GRID = "500109002002002";

    private Map<String, Object> before = Map.of();

    @BeforeEach
    void fill() {
        importSmallMap();
        before = rows();
    }

    @AfterEach
    void nothing_has_changed() {
        assertThat(rows()).isEqualTo(before);
    }

    /** The whole city once more, in place of all there is. */
    private Answer replaceAll(BoundaryFile file) {
        return replaceAll(file.text());
    }

    private Answer replaceAll(String file) {
        return post(Map.of("effectiveFrom", REFORM, "replaces", "50"), file);
    }

    private static void assertOnly(Answer answer, String reason) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
        assertThat(answer.reasons()).as(answer.body().toString()).containsExactly(reason);
        assertThat(answer.body().get("reason").asString()).isEqualTo("IMPORT_REFUSED");
        assertThat(answer.body().get("accepted").asBoolean()).isFalse();
        assertThat(answer.body().get("problemCount").asInt()).isEqualTo(1);
        assertThat(answer.body().get("detail").asString())
                .contains(answer.problem().get("detail").asString());
    }

    @Test
    void the_file_itself_is_good_and_says_nothing_new() {
        Answer answer = replaceAll(BoundaryFile.of(MAP));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().has("mapVersion")).isFalse();
        assertThat(answer.body().get("units").toString())
                .isEqualTo("{\"created\":0,\"changed\":0,\"moved\":0,\"ended\":0}");
    }

    @Test
    void a_truncated_file() {
        String text = BoundaryFile.of(MAP).text();

        Answer answer = replaceAll(text.substring(0, text.length() * 2 / 3));

        assertOnly(answer, "TRUNCATED");
        assertThat(answer.problem().get("detail").asString()).contains("whole features");
    }

    @Test
    void a_body_that_breaks_off() throws IOException {
        byte[] text = BoundaryFile.of(MAP).text().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/imports?datum=WGS84&effectiveFrom=" + REFORM
                            + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/geo+json\r\nAuthorization: Bearer "
                            + token("admin", "50", "ADMIN") + "\r\nContent-Length: " + text.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(text, 0, text.length / 2);
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("200 OK");
        }
        // The lock is free again: this one is judged.
        assertOnly(replaceAll("{\"type\": \"FeatureCollection\""), "TRUNCATED");
    }

    @ParameterizedTest
    @EnumSource(names = {"GCJ02", "BD09"})
    void a_file_in_another_datum_than_declared(Datum datum) {
        BoundaryFile file = shifted(place -> encoded(datum, place));

        Answer answer = replaceAll(file);

        assertOnly(answer, "WRONG_DATUM");
        assertThat(answer.problem().get("detail").asString()).contains("expected datum=" + datum);
    }

    @Test
    void a_file_in_wgs84_that_is_declared_as_gcj02() {
        Answer answer = post(
                Map.of("effectiveFrom", REFORM, "replaces", "50", "datum", "GCJ02"),
                BoundaryFile.of(MAP).text());

        assertOnly(answer, "WRONG_DATUM");
        assertThat(answer.problem().get("detail").asString()).contains("expected datum=WGS84");
    }

    @Test
    void a_wrong_datum_shows_also_where_every_grid_has_a_new_code() {
        BoundaryFile file = new BoundaryFile();
        GRIDS.forEach((code, area) -> {
            int number = Integer.parseInt(code.substring(12)) + 500;
            file.add(
                    code.substring(0, 12) + number,
                    "新网格" + number,
                    7L,
                    BoundaryFile.shifted(area, place -> encoded(Datum.GCJ02, place)));
        });
        MAP.listCommunities().forEach(code -> file.add(code, null, null, null));
        MAP.listStreets().forEach(code -> file.add(code, null, null, null));
        MAP.districtCodes().forEach(code -> file.add(code, null, null, null));

        assertOnly(replaceAll(file), "WRONG_DATUM");
    }

    @Test
    void swapped_axes() {
        assertOnly(replaceAll(shifted(place -> new Coordinate(place.y, place.x))), "SWAPPED_AXES");
    }

    @Test
    void metres_instead_of_degrees() {
        assertOnly(replaceAll(shifted(place -> new Coordinate(place.x * 111_000, place.y * 111_000))), "OUT_OF_RANGE");
    }

    @Test
    void a_unit_far_from_the_city() {
        Geometry far = BoundaryFile.shifted(GRIDS.get(GRID), place -> new Coordinate(place.x + 3, place.y));

        Answer answer = reform(new BoundaryFile().add("500109002002009", "飞地", 1L, far));

        assertOnly(answer, "OUT_OF_RANGE");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500109002002009");
    }

    @Test
    void a_self_crossing_ring() throws ParseException {
        BoundaryFile file = BoundaryFile.of(MAP);
        ArrayNode ring = (ArrayNode) file.get(GRID).at("/geometry/coordinates/0");
        var fourth = ring.get(4);
        ring.set(4, ring.get(20));
        ring.set(20, fourth);

        Answer answer = replaceAll(file);

        assertOnly(answer, "SELF_CROSSING");
        assertThat(answer.problem().get("code").asString()).isEqualTo(GRID);
        assertThat(new WKTReader().read(answer.problem().get("wkt").asString()).distance(GRIDS.get(GRID)))
                .isLessThan(0.002);
    }

    @Test
    void a_duplicate_code() {
        Answer answer = replaceAll(BoundaryFile.of(MAP).again(GRID));

        assertOnly(answer, "DUPLICATE_CODE");
        assertThat(answer.problem().get("code").asString()).isEqualTo(GRID);
    }

    @Test
    void an_unknown_parent() {
        Answer answer = replaceAll(BoundaryFile.of(MAP).without("500109002"));

        assertThat(answer.reasons()).containsExactly("UNKNOWN_PARENT", "UNKNOWN_PARENT");
        assertThat(answer.body().get("problems").get(1).get("code").asString()).isEqualTo("500109002002");
        assertThat(answer.body().get("problems").get(1).get("other").asString()).isEqualTo("500109002");
    }

    @Test
    void a_gap() {
        Answer answer = replaceAll(BoundaryFile.of(MAP).without(GRID));

        assertOnly(answer, "GAP");
        assertThat(answer.problem().get("code").asString()).isEqualTo(GRID);
        double squareMeters = SquareMeters.of(GRIDS.get(GRID));
        assertThat(answer.problem().get("areaSquareMeters").asDouble())
                .isCloseTo(squareMeters, within(squareMeters / 100));
    }

    @Test
    void an_overlap_between_communities() throws ParseException {
        String neighbour = "500109002001002";
        Geometry both = GRIDS.get(GRID).union(GRIDS.get(neighbour));

        Answer answer = replaceAll(redrawn(GRID, both));

        assertOnly(answer, "OVERLAP");
        assertThat(answer.problem().get("code").asString()).isEqualTo(neighbour);
        assertThat(answer.problem().get("other").asString()).isEqualTo(GRID);
        assertThat(new WKTReader().read(answer.problem().get("wkt").asString()).getArea())
                .isCloseTo(GRIDS.get(neighbour).getArea(), within(1e-9));
    }

    @Test
    void a_border_whose_vertices_the_neighbour_does_not_share() {
        BoundaryFile file = BoundaryFile.of(MAP);
        ArrayNode ring = (ArrayNode) file.get(GRID).at("/geometry/coordinates/0");
        ArrayNode vertex = (ArrayNode) ring.get(3);
        vertex.set(1, vertex.get(1).asDouble() + 1e-7);

        Answer answer = replaceAll(file);

        assertOnly(answer, "UNMATCHED_BORDER");
        assertThat(List.of(
                        answer.problem().get("code").asString(),
                        answer.problem().get("other").asString()))
                .contains(GRID);
    }

    /** The file is good once the vertex is put in, so nothing is new in the end but two borders with a vertex more. */
    @Test
    void a_vertex_on_one_side_of_a_border_only_is_put_into_the_other_where_that_is_wanted() {
        BoundaryFile file = BoundaryFile.of(MAP);
        ArrayNode ring = (ArrayNode) file.get(GRID).at("/geometry/coordinates/0");
        ArrayNode one = (ArrayNode) ring.get(3);
        ArrayNode next = (ArrayNode) ring.get(4);
        ring.insert(
                4,
                one.deepCopy()
                        .removeAll()
                        .add((one.get(0).asDouble() + next.get(0).asDouble()) / 2)
                        .add((one.get(1).asDouble() + next.get(1).asDouble()) / 2));

        assertOnly(replaceAll(file), "UNMATCHED_BORDER");
        Answer repaired = post(
                Map.of("effectiveFrom", REFORM, "replaces", "50", "repair", "true", "dryRun", "true"), file.text());

        assertThat(repaired.status()).as(repaired.body().toString()).isEqualTo(200);
        assertThat(repaired.body().get("repairedCount").asInt()).isEqualTo(1);
        assertThat(repaired.body().at("/repaired/0/detail").asString()).startsWith("1 vertices of its neighbours");
        assertThat(repaired.body().get("units").get("changed").asInt()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_hole_in_new_land() {
        // Land to the south of the city, around a lake that is nobody's.
        Geometry south = BoundaryFile.shifted(
                GRIDS.get("500109001001001").getEnvelope(), place -> new Coordinate(place.x, place.y - 0.01));
        Geometry lake = south.getCentroid().buffer(0.0003);

        Answer answer = reform(new BoundaryFile().add("500109001001009", "湖边", 1L, south.difference(lake)));

        assertOnly(answer, "GAP");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500109001001009");
    }

    @Test
    void a_parent_whose_own_border_is_not_that_of_its_children() {
        String community = GRID.substring(0, 12);
        Geometry without = GRIDS.get(community + "001").union(GRIDS.get(community + "003"));
        Geometry with = GRIDS.get(GRID).union(without).union(GRIDS.get("500109002001002"));

        Answer gap = reform(new BoundaryFile().draw(community, with));
        assertOnly(gap, "GAP");
        assertThat(gap.problem().get("code").asString()).isEqualTo(community);
        Answer outside = reform(new BoundaryFile().draw(community, without));
        assertOnly(outside, "OUTSIDE_PARENT");
        assertThat(outside.problem().get("code").asString()).isEqualTo(GRID);
        assertThat(outside.problem().get("other").asString()).isEqualTo(community);
    }

    @Test
    void a_unit_with_nothing_below_it_and_a_map_without_a_city() {
        assertOnly(reform(new BoundaryFile().add("500188", "空区", null, null)), "NO_CHILDREN");
        assertOnly(reform(new BoundaryFile().abolish("50")), "NOT_ONE_CITY");
        assertOnly(reform(new BoundaryFile().abolish("500109")), "GAP");
    }

    @Test
    void codes_that_are_nowhere() {
        assertOnly(reform(new BoundaryFile().abolish("500188")), "UNKNOWN_CODE");
        assertOnly(reform(new BoundaryFile().move("500109099", "500105009")), "UNKNOWN_CODE");
        assertOnly(
                post(Map.of("effectiveFrom", REFORM, "replaces", "500188"), new BoundaryFile().text()), "UNKNOWN_CODE");
        assertOnly(reform(new BoundaryFile().move("500109001", "500105")), "BAD_CODE");
        assertOnly(
                reform(new BoundaryFile().move("500109001", "500105008").move("500109001", "500105009")),
                "DUPLICATE_CODE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                                                                       | TRUNCATED
            ~[]~                                                                                     | NOT_A_FEATURE_COLLECTION
            ~"map"~                                                                                  | NOT_A_FEATURE_COLLECTION
            ~{}~                                                                                     | NOT_A_FEATURE_COLLECTION
            ~{"type": "Feature", "features": []}~                                                    | NOT_A_FEATURE_COLLECTION
            ~{"type": "FeatureCollection"}~                                                          | NOT_A_FEATURE_COLLECTION
            ~{"type": "FeatureCollection", "features": {}}~                                          | NOT_A_FEATURE_COLLECTION
            ~{"type": "FeatureCollection", "features": [1]}~                                         | NOT_A_FEATURE_COLLECTION
            ~{"type": "FeatureCollection", "features": [{"type": "Point"}]}~                         | NOT_A_FEATURE_COLLECTION
            ~{"type": "FeatureCollection", "features": []} x~                                        | NOT_JSON
            ~{"type": "FeatureCollection", "features": [}~                                           | NOT_JSON
            ~<kml/>~                                                                                 | NOT_JSON
            ~{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:4523"}}, "features": []}~ | CRS_CONTRADICTS
            ~{"type": "FeatureCollection", "crs": 7, "features": []}~                                | CRS_CONTRADICTS
            """)
    void what_is_no_feature_collection(String file, String reason) {
        assertOnly(post(Map.of("effectiveFrom", REFORM), file == null ? "" : file), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~{"type": "Point", "coordinates": [106, 29]}~                                            | NOT_A_POLYGON
            ~{"type": "LineString", "coordinates": [[106, 29], [107, 29]]}~                          | NOT_A_POLYGON
            ~{"type": "GeometryCollection", "geometries": []}~                                       | NOT_A_POLYGON
            ~{"coordinates": []}~                                                                    | NOT_A_POLYGON
            ~{"type": "Polygon"}~                                                                    | INVALID_GEOMETRY
            ~{"type": "Polygon", "coordinates": []}~                                                 | INVALID_GEOMETRY
            ~{"type": "MultiPolygon", "coordinates": [[[106, 29], [107, 29]]]}~                      | INVALID_GEOMETRY
            ~{"type": "Polygon", "coordinates": [[[106, 29], [107, 29], [107, 30], [106, 30]]]}~     | INVALID_GEOMETRY
            ~{"type": "Polygon", "coordinates": [[[106, 29], [106, 29], [106, 29], [106, 29]]]}~     | INVALID_GEOMETRY
            ~{"type": "Polygon", "coordinates": [[[106, 29], [NaN, 29], [107, 30], [106, 29]]]}~     | BAD_POSITION
            ~{"type": "Polygon", "coordinates": [[[106, 29], [1e999, 29], [107, 30], [106, 29]]]}~   | BAD_POSITION
            ~{"type": "Polygon", "coordinates": [[[106, 29], [null, 29], [107, 30], [106, 29]]]}~    | BAD_POSITION
            ~{"type": "Polygon", "coordinates": [[[106, 29], [107], [107, 30], [106, 29]]]}~         | BAD_POSITION
            ~{"type": "Polygon", "coordinates": [[[106, 29], ["107", 29], [107, 30], [106, 29]]]}~   | BAD_POSITION
            ~{"type": "Polygon", "coordinates": [[[[[[[[106, 29]]]]]]]]}~                            | BAD_POSITION
            ~{"type": "Polygon", "coordinates": [[[106, 91], [107, 91], [107, 92], [106, 91]]]}~     | OUT_OF_RANGE
            """)
    void what_is_no_area(String geometry, String reason) {
        assertOnly(post(Map.of("effectiveFrom", REFORM), """
                        {"type": "FeatureCollection", "features": [
                            {"geometry": %s, "type": "Feature", "properties": {"code": "500109002002002"}}]}""".formatted(geometry)), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~{"XZQDM": "500109"}~                                  | MISSING_ATTRIBUTE
            ~{}~                                                   | MISSING_ATTRIBUTE
            ~{"code": ""}~                                         | MISSING_ATTRIBUTE
            ~{"code": "50010"}~                                    | BAD_CODE
            ~{"code": "50010x"}~                                   | BAD_CODE
            ~{"code": {"a": 1}}~                                   | BAD_CODE
            ~{"code": 5.00109002002002e14}~                        | BAD_CODE
            ~{"code": "500109", "formerCode": "1"}~                | BAD_CODE
            ~{"code": "500109", "population": -1}~                 | BAD_ATTRIBUTE
            ~{"code": "500109", "population": 1.5}~                | BAD_ATTRIBUTE
            ~{"code": "500109", "population": 99999999999999999999}~ | BAD_ATTRIBUTE
            ~{"code": "500109", "population": NaN}~                | BAD_ATTRIBUTE
            ~{"code": "500109", "abolished": "maybe"}~             | BAD_ATTRIBUTE
            ~{"code": "500109", "name": "a\\u0000b"}~              | BAD_ATTRIBUTE
            ~{"code": "500109", "name": ["a"], "population": []}~  | BAD_ATTRIBUTE
            """)
    void attributes_that_cannot_be(String properties, String reason) {
        assertOnly(
                post(
                        Map.of("effectiveFrom", REFORM),
                        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": null,"
                                + " \"properties\": " + properties + "}]}"),
                reason);
    }

    @Test
    void a_name_that_is_not_utf8() {
        byte[] file = new BoundaryFile().add(GRID, "网格", null, null).text().getBytes(Charset.forName("GB18030"));

        Answer answer =
                post(token("admin", "50", "ADMIN"), Map.of("effectiveFrom", REFORM), BodyPublishers.ofByteArray(file));

        assertOnly(answer, "NOT_UTF8");
    }

    @Test
    void hostile_content_is_bounded() {
        String deep = "{\"type\": \"FeatureCollection\", \"features\": [], \"x\": " + "[".repeat(100_000)
                + "]".repeat(100_000) + "}";
        assertOnly(post(Map.of("effectiveFrom", REFORM), deep), "TOO_LARGE");

        String digits =
                "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {\"code\": \"500109\"},"
                        + " \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[" + "1".repeat(100_000)
                        + ", 29]]]}}]}";
        assertOnly(post(Map.of("effectiveFrom", REFORM), digits), "TOO_LARGE");

        StringBuilder attributes = new StringBuilder(
                "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {");
        for (int i = 0; i < 1_000_000; i++) {
            attributes.append("\"a").append(i).append("\": ").append(i).append(',');
        }
        attributes.append("\"code\": \"500109\", \"name\": \"区500109\"}, \"geometry\": null}]}");
        Answer many = post(Map.of("effectiveFrom", REFORM), attributes.toString());
        assertThat(many.status()).isEqualTo(200);
        assertThat(many.body().get("units").get("changed").asInt()).isZero();

        StringBuilder wrong = new StringBuilder("{\"type\": \"FeatureCollection\", \"features\": [");
        for (int i = 0; i < 5_000; i++) {
            wrong.append("{\"type\": \"Feature\", \"properties\": {}, \"geometry\": null},");
        }
        wrong.setLength(wrong.length() - 1);
        Answer counted =
                post(Map.of("effectiveFrom", REFORM), wrong.append("]}").toString());
        assertThat(counted.body().get("problemCount").asInt()).isEqualTo(5_000);
        assertThat(counted.body().get("problems").size()).isEqualTo(200);
    }

    @Test
    void a_crs_that_says_what_was_declared_is_taken_and_another_is_not() {
        String file = "{\"type\": \"FeatureCollection\", \"crs\": {\"type\": \"name\", \"properties\": {\"name\":"
                + " \"urn:ogc:def:crs:OGC:1.3:CRS84\"}}, \"features\": []}";

        assertThat(post(Map.of("effectiveFrom", REFORM), file).status()).isEqualTo(200);
        assertThat(post(
                                Map.of("effectiveFrom", REFORM, "datum", "CGCS2000"),
                                file.replace("OGC:1.3:CRS84", "EPSG::4490"))
                        .status())
                .isEqualTo(200);
        assertOnly(post(Map.of("effectiveFrom", REFORM, "datum", "GCJ02"), file), "CRS_CONTRADICTS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            datum         | ''          | 400 | BAD_DATUM
            datum         | wgs84       | 400 | BAD_DATUM
            effectiveFrom | ''          | 400 | BAD_INSTANT
            effectiveFrom | 2026-01-01  | 400 | BAD_INSTANT
            dryRun        | yes         | 400 | BAD_PARAMETER
            repair        | 1           | 400 | BAD_PARAMETER
            replaces      | 5001        | 400 | BAD_UNIT_CODE
            replaces      | '500109,'   | 400 | BAD_UNIT_CODE
            attributes    | code        | 400 | BAD_PARAMETER
            attributes    | 'id:XZQDM'  | 400 | BAD_PARAMETER
            attributes    | 'code:name' | 400 | BAD_PARAMETER
            attributes    | 'code:'     | 400 | BAD_PARAMETER
            """)
    void parameters_that_cannot_be(String name, String value, int status, String reason) {
        Map<String, String> parameters = new TreeMap<>(Map.of("effectiveFrom", REFORM));
        parameters.put(name, value);

        Answer answer = post(parameters, new BoundaryFile().text());

        assertThat(answer.body().get("reason").asString()).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void a_moment_that_is_not_later_is_refused_before_the_file_is_read() {
        Answer answer = post(Map.of("effectiveFrom", FIRST), "no file");

        assertOnly(answer, "NOT_LATER");
    }

    @Test
    void only_who_administers_the_whole_city_may_import() {
        String file = new BoundaryFile().text();
        Map<String, String> parameters = Map.of("effectiveFrom", REFORM);

        assertThat(post(token("o", "50", "OPERATOR"), parameters, BodyPublishers.ofString(file))
                        .status())
                .isEqualTo(403);
        assertThat(post(token("a", "500109", "ADMIN"), parameters, BodyPublishers.ofString(file))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void only_json_is_taken_and_only_here_may_a_body_be_large() {
        HttpRequest form = request("/v1/imports?datum=WGS84&effectiveFrom=" + REFORM, token("admin", "50", "ADMIN"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=b"))
                .build();
        assertThat(send(form).status()).isEqualTo(415);
        String spaces = " ".repeat(2_000_000);
        HttpRequest elsewhere = request("/v1/staff/somebody", token("admin", "50", "ADMIN"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{}" + spaces))
                .build();
        assertThat(send(elsewhere).status()).isEqualTo(413);
        assertThat(post(Map.of("effectiveFrom", REFORM), new BoundaryFile().text() + spaces)
                        .status())
                .isEqualTo(200);
    }

    private static BoundaryFile redrawn(String code, Geometry area) {
        BoundaryFile file = BoundaryFile.of(MAP);
        file.get(code).set("geometry", BoundaryFile.geometry(area));
        return file;
    }

    /** The whole file with each position at another place. */
    private static BoundaryFile shifted(UnaryOperator<Coordinate> shift) {
        BoundaryFile file = BoundaryFile.of(MAP);
        MAP.forEachGrid((code, cells) -> {
            if (code.endsWith("001")) {
                for (int i = 0; i < cells.size(); i++) {
                    set(file.get(code + "0" + (i + 1)), BoundaryFile.shifted(cells.get(i), shift));
                }
            } else {
                set(file.get(code), BoundaryFile.shifted(GRIDS.get(code), shift));
            }
        });
        return file;
    }

    private static void set(ObjectNode feature, Geometry area) {
        feature.set("geometry", BoundaryFile.geometry(area));
    }

    /** A place as that datum has it. */
    static Coordinate encoded(Datum datum, Coordinate place) {
        double longitude = place.x;
        double latitude = place.y;
        for (int i = 0; i < 30; i++) {
            Position back = datum.toWgs84(longitude, latitude);
            longitude += place.x - back.longitude();
            latitude += place.y - back.latitude();
        }
        return new Coordinate(longitude, latitude);
    }
}
