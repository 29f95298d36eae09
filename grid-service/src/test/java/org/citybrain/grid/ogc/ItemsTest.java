package org.citybrain.grid.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citybrain.grid.RunningGridService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The abstract tests A.2.5 to A.2.8 of the standard, one by one, on the demo city and on a micro-grid that changed. */
class ItemsTest extends RunningGridService {

    private static final String ITEMS = "/ogc/collections/";

    /** One micro-grid with two forms, of the years 2024 and from 2025 on; one that ended with 2024. */
    @BeforeEach
    void addHistory() {
        JdbcClient database = database();
        database.sql("insert into grid.unit (code) values ('50010300100300101'), ('50010300100300102')")
                .update();
        database.sql("""
                        insert into grid.unit_version (code, valid_from, valid_to, map_version, name, population, boundary,
                                                       representative_point, area_km2, provenance, tier)
                        select c.code, c.valid_from, c.valid_to, 1, c.name, 7, v.boundary, v.representative_point, 0.5, 'IMPORTED', 'MICRO_GRID'
                        from grid.unit_version v,
                             (values ('50010300100300101', timestamptz '2024-01-01', timestamptz '2025-01-01', 'as it was'),
                                     ('50010300100300101', '2025-01-01', null, 'as it is'),
                                     ('50010300100300102', '2024-01-01', '2025-01-01', 'gone')) as c (code, valid_from, valid_to, name)
                        where v.code = '500103001003001'""").update();
        database.sql("""
                        insert into grid.layer_feature (layer, id, valid_from, valid_to, kind, name, geometry, unit_code, provenance)
                        select 'DEVICE', 'items.' || c.id, c.valid_from, c.valid_to, 'CAMERA', c.name,
                               st_setsrid(st_makepoint(106.57, 29.55), 4326), '500103001003001', 'REGISTERED'
                        from (values ('a-1', timestamptz '2024-01-01', timestamptz '2025-01-01', 'old'),
                                     ('a-1', '2025-01-01', null, 'new'),
                                     ('b_2', '2024-01-01', '2024-06-01', 'gone')) as c (id, valid_from, valid_to, name)""").update();
    }

    @AfterEach
    void removeHistory() {
        database().sql("delete from grid.layer_feature where id like 'items.%'").update();
        database()
                .sql("delete from grid.unit_version where tier = 'MICRO_GRID'")
                .update();
        database().sql("delete from grid.unit where tier = 'MICRO_GRID'").update();
    }

    @Test
    void every_collection_is_described_with_its_extent() {
        JsonNode list = get("/ogc/collections").body();

        assertThat(list.at("/links/0/rel").asString()).isEqualTo("self");
        assertThat(list.at("/links/0/type").asString()).isEqualTo("application/json");
        assertThat(list.get("collections")
                        .valueStream()
                        .map(collection -> collection.get("id").asString()))
                .containsExactly(
                        "city",
                        "districts",
                        "streets",
                        "communities",
                        "grids",
                        "micro-grids",
                        "key-places",
                        "devices",
                        "responsibility-areas",
                        "online-grids",
                        "watch-areas");
        for (JsonNode collection : list.get("collections")) {
            String id = collection.get("id").asString();
            JsonNode alone = get("/ogc/collections/" + id).body();
            assertThat(alone).isEqualTo(collection);
            assertThat(collection.get("title").asString()).isNotBlank();
            assertThat(collection.get("description").asString()).isNotBlank();
            assertThat(collection.get("itemType").asString()).isEqualTo("feature");
            assertThat(collection.at("/crs/0").asString()).isEqualTo("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
            assertThat(collection
                            .get("links")
                            .valueStream()
                            .map(link -> link.get("rel").asString() + " "
                                    + link.get("type").asString() + " "
                                    + link.get("href").asString()))
                    .containsExactly(
                            "self application/json " + address() + "/ogc/collections/" + id,
                            "items application/geo+json " + address() + "/ogc/collections/" + id + "/items");
        }
    }

    @Test
    void the_extent_holds_all_that_ever_was() {
        JsonNode grids = get("/ogc/collections/grids").body().get("extent");
        JsonNode devices = get("/ogc/collections/devices").body().get("extent");

        assertThat(grids.at("/spatial/bbox").size()).isEqualTo(1);
        assertThat(database()
                        .sql("""
                                select bool_and(st_coveredby(boundary, st_makeenvelope(:w, :s, :e, :n, 4326)))
                                from grid.unit_view""")
                        .param("w", grids.at("/spatial/bbox/0/0").asDouble())
                        .param("s", grids.at("/spatial/bbox/0/1").asDouble())
                        .param("e", grids.at("/spatial/bbox/0/2").asDouble())
                        .param("n", grids.at("/spatial/bbox/0/3").asDouble())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(grids.at("/temporal/interval").toString()).isEqualTo("[[\"2023-06-29T16:00:00Z\",null]]");
        assertThat(devices.at("/spatial/bbox").toString()).isEqualTo("[[106.57,29.55,106.57,29.55]]");
        assertThat(devices.at("/temporal/interval").toString()).isEqualTo("[[\"2024-01-01T00:00:00Z\",null]]");
        assertThat(get("/ogc/collections/watch-areas").body().has("extent")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"city, CITY", "districts, DISTRICT", "streets, STREET", "communities, COMMUNITY", "grids, GRID"})
    void every_unit_stands_once_on_the_pages_of_its_tier(String collection, String tier) {
        List<String> expected = database()
                .sql("select code from grid.unit_view where tier = :tier order by code")
                .param("tier", tier)
                .query(String.class)
                .list();
        List<String> read = new ArrayList<>();
        String next = ITEMS + collection + "/items?limit=100";
        while (next != null) {
            JsonNode page = get(next).body();
            assertThat(page.get("type").asString()).isEqualTo("FeatureCollection");
            assertThat(page.get("numberMatched").asInt()).isEqualTo(expected.size());
            assertThat(page.get("numberReturned").asInt())
                    .isEqualTo(page.get("features").size());
            assertThat(page.get("timeStamp").asString()).matches("2[0-9]{3}-.*Z");
            assertThat(link(page, "self").get("href").asString()).isEqualTo(address() + next);
            assertThat(link(page, "self").get("type").asString()).isEqualTo("application/geo+json");
            read.addAll(ids(page));
            JsonNode following = link(page, "next");
            next = following == null
                    ? null
                    : following.get("href").asString().substring(address().length());
        }

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void a_feature_says_what_its_unit_is() {
        Answer answer = get(ITEMS + "communities/items/500103001003");
        JsonNode feature = answer.body();

        assertThat(answer.contentType()).isEqualTo("application/geo+json");
        assertThat(feature.get("type").asString()).isEqualTo("Feature");
        assertThat(feature.get("id").asString()).isEqualTo("500103001003");
        assertThat(feature.at("/geometry/type").asString()).isEqualTo("MultiPolygon");
        assertThat(feature.get("properties").propertyNames())
                .containsExactlyElementsOf(MapCollection.COMMUNITIES.properties().stream()
                        .map(Property::name)
                        .toList());
        assertThat(feature.at("/properties/name").asString()).isEqualTo("华一坡社区居民委员会");
        assertThat(feature.at("/properties/kind").asString()).isEqualTo("RESIDENTS_COMMITTEE");
        assertThat(feature.at("/properties/parentCode").asString()).isEqualTo("500103001");
        assertThat(feature.at("/properties/validFrom").asString()).isEqualTo("2023-06-29T16:00:00Z");
        assertThat(feature.at("/properties/validTo").isNull()).isTrue();
        assertThat(link(feature, "self").get("href").asString())
                .isEqualTo(address() + ITEMS + "communities/items/500103001003");
        assertThat(link(feature, "collection").get("href").asString())
                .isEqualTo(address() + ITEMS.substring(0, ITEMS.length() - 1) + "/communities");
    }

    @Test
    void a_geometry_is_that_of_the_map_and_valid() {
        JsonNode page = get(ITEMS + "streets/items?limit=1000").body();

        for (JsonNode street : page.get("features")) {
            assertThat(database()
                            .sql("""
                                    select st_isvalid(g) and st_hausdorffdistance(g, boundary) < 1e-6
                                    from grid.unit_view, lateral (select st_geomfromgeojson(:geometry) as g) read
                                    where code = :code""")
                            .param("geometry", street.get("geometry").toString())
                            .param("code", street.get("id").asString())
                            .query(Boolean.class)
                            .single())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            106.55,29.55,106.60,29.58
            106.55,29.55,-500,106.60,29.58,9000
            106.5784,29.5582,106.5784,29.5582
            106.50,29.55,106.60,29.55
            106.48,29.52,-170,29.60
            106.5,29.5,106.9,29.7
            -180,-90,180,90
            """)
    void a_box_chooses_what_touches_it(String bbox) {
        List<Box> boxes = Box.read(bbox);
        List<String> expected = database()
                .sql("""
                        select code from grid.unit_view
                        where tier = 'GRID' and st_intersects(boundary, st_setsrid(st_envelope(st_geomfromtext(:line)), 4326))
                        order by code""")
                .param(
                        "line",
                        "LINESTRING(%s %s, %s %s)"
                                .formatted(
                                        boxes.getFirst().west(),
                                        boxes.getFirst().south(),
                                        boxes.getFirst().east(),
                                        boxes.getFirst().north()))
                .query(String.class)
                .list();
        JsonNode page = get(ITEMS + "grids/items?limit=10000&bbox=" + bbox).body();

        assertThat(expected).isNotEmpty();
        assertThat(ids(page)).isEqualTo(expected);
        assertThat(page.get("numberMatched").asInt()).isEqualTo(expected.size());
    }

    @Test
    void a_box_is_kept_over_all_pages() {
        String box = "bbox=106.55,29.55,106.60,29.58";
        List<String> whole = ids(get(ITEMS + "grids/items?limit=10000&" + box).body());
        List<String> read = new ArrayList<>();
        JsonNode page = get(ITEMS + "grids/items?limit=7&" + box).body();
        read.addAll(ids(page));
        while (link(page, "next") != null) {
            page = get(link(page, "next")
                            .get("href")
                            .asString()
                            .substring(address().length()))
                    .body();
            assertThat(page.get("numberMatched").asInt()).isEqualTo(whole.size());
            read.addAll(ids(page));
        }

        assertThat(whole).hasSizeGreaterThan(14);
        assertThat(read).isEqualTo(whole);
    }

    @Test
    void a_box_elsewhere_in_the_world_chooses_nothing() {
        for (String bbox : List.of("177,65,-177,70", "-180,85,180,90", "-180,-90,180,-85", "-80,-5,-70,5")) {
            JsonNode page = get(ITEMS + "grids/items?bbox=" + bbox).body();
            assertThat(page.get("numberMatched").asInt()).isZero();
            assertThat(page.get("features").isEmpty()).isTrue();
            assertThat(link(page, "next")).isNull();
        }
    }

    /** Expected: the forms that are given. An end is no more part of what ends with it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                         | as it is
            2023-12-31T23:59:59Z                      |
            2024-01-01T00:00:00Z                      | as it was,gone
            2024-12-31T23:59:59.999Z                  | as it was,gone
            2025-01-01T00:00:00Z                      | as it is
            2025-01-01T08:00:00%2B08:00               | as it is
            2024-06-01T00:00:00Z/2024-07-01T00:00:00Z | as it was,gone
            2024-06-01T00:00:00Z/2025-06-01T00:00:00Z | as it is,gone
            ../2023-12-31T23:59:59Z                   |
            ../2024-01-01T00:00:00Z                   | as it was,gone
            /2024-01-01T00:00:00Z                     | as it was,gone
            2024-12-31T23:59:59Z/..                   | as it is,gone
            2025-01-01T00:00:00Z/..                   | as it is
            2025-01-01T00:00:00Z/                     | as it is
            ../..                                     | as it is,gone
            """)
    void a_time_chooses_what_holds_at_any_moment_of_it(String datetime, String names) {
        JsonNode page = get(ITEMS + "micro-grids/items" + (datetime == null ? "" : "?datetime=" + datetime))
                .body();

        List<String> expected = names == null ? List.of() : List.of(names.split(",", -1));
        assertThat(page.get("features")
                        .valueStream()
                        .map(feature -> feature.at("/properties/name").asString()))
                .containsExactlyElementsOf(expected);
        assertThat(page.get("numberMatched").asInt()).isEqualTo(expected.size());
    }

    @Test
    void one_feature_is_there_when_it_holds() {
        assertThat(get(ITEMS + "micro-grids/items/50010300100300102").status()).isEqualTo(404);
        assertThat(get(ITEMS + "micro-grids/items/50010300100300102?datetime=2024-05-05T00:00:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(get(ITEMS + "micro-grids/items/50010300100300101?datetime=../..")
                        .body()
                        .at("/properties/name")
                        .asString())
                .isEqualTo("as it is");
        assertThat(get(ITEMS + "micro-grids/items/50010300100300101?datetime=2024-05-05T00:00:00Z")
                        .body()
                        .at("/properties/validTo")
                        .asString())
                .isEqualTo("2025-01-01T00:00:00Z");
    }

    @Test
    void layers_are_collections_like_the_tiers() {
        JsonNode now = get(ITEMS + "devices/items").body();
        JsonNode ever = get(ITEMS + "devices/items?datetime=../..").body();
        JsonNode one = get(ITEMS + "devices/items/items.a-1").body();

        assertThat(ids(now)).containsExactly("items.a-1");
        assertThat(ids(ever)).containsExactly("items.a-1", "items.b_2");
        assertThat(ever.get("numberMatched").asInt()).isEqualTo(2);
        assertThat(one.get("geometry").toString()).isEqualTo("{\"type\":\"Point\",\"coordinates\":[106.57,29.55]}");
        assertThat(one.at("/properties/name").asString()).isEqualTo("new");
        assertThat(one.at("/properties/unitCode").asString()).isEqualTo("500103001003001");
        assertThat(one.get("properties").propertyNames())
                .containsExactlyElementsOf(MapCollection.DEVICES.properties().stream()
                        .map(Property::name)
                        .toList());
        assertThat(ids(get(ITEMS + "devices/items?bbox=106.5,29.5,106.6,29.6&kind=CAMERA")
                        .body()))
                .containsExactly("items.a-1");
        assertThat(ids(get(ITEMS + "devices/items?bbox=106.5,29.5,106.56,29.6").body()))
                .isEmpty();
        assertThat(ids(get(ITEMS + "devices/items?kind=PUMP").body())).isEmpty();
        assertThat(ids(get(ITEMS + "devices/items?unitCode=500103001003001&provenance=REGISTERED&name=new")
                        .body()))
                .containsExactly("items.a-1");
        assertThat(get(ITEMS + "key-places/items?limit=10000")
                        .body()
                        .get("numberMatched")
                        .asInt())
                .isEqualTo(database()
                        .sql("select count(*) from grid.key_place_view")
                        .query(Integer.class)
                        .single());
    }

    @Test
    void properties_choose_features() {
        assertThat(ids(get(ITEMS + "streets/items?code=500103001").body())).containsExactly("500103001");
        assertThat(ids(get(ITEMS + "streets/items?name=%E4%B8%83%E6%98%9F%E5%B2%97%E8%A1%97%E9%81%93")
                        .body()))
                .containsExactly("500103001");
        assertThat(get(ITEMS + "streets/items?parentCode=500103")
                        .body()
                        .get("numberMatched")
                        .asInt())
                .isEqualTo(11);
        assertThat(ids(get(ITEMS + "streets/items?kind=TOWN&limit=1000").body()))
                .isEqualTo(database()
                        .sql("select code from grid.unit_view where tier = 'STREET' and code ~ '^.{6}1' order by code")
                        .query(String.class)
                        .list())
                .isNotEmpty();
        assertThat(get(ITEMS + "communities/items?kind=OTHER")
                        .body()
                        .get("numberMatched")
                        .asInt())
                .isZero();
        assertThat(ids(get(ITEMS + "micro-grids/items?provenance=SYNTHETIC").body()))
                .isEmpty();
        assertThat(ids(get(ITEMS
                                + "grids/items?code=' or '1'='1"
                                        .replace(" ", "%20")
                                        .replace("'", "%27"))
                        .body()))
                .isEmpty();
    }

    @Test
    void a_limit_beyond_the_largest_counts_as_the_largest() {
        assertThat(get(ITEMS + "grids/items?limit=99999999999")
                        .body()
                        .get("numberReturned")
                        .asInt())
                .isEqualTo(database()
                        .sql("select count(*) from grid.unit_view where tier = 'GRID'")
                        .query(Integer.class)
                        .single());
        assertThat(get(ITEMS + "grids/items").body().get("numberReturned").asInt())
                .isEqualTo(100);
        assertThat(get(ITEMS + "grids/items?limit=1")
                        .body()
                        .get("numberReturned")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void all_pages_show_the_map_of_the_first_one() {
        JsonNode first = get(ITEMS + "micro-grids/items?limit=1&datetime=2024-05-05T00:00:00Z")
                .body();
        String next = link(first, "next").get("href").asString();

        assertThat(next).startsWith(address()).contains("datetime=2024-05-05T00:00:00Z");
        JsonNode second = get(next.substring(address().length())).body();
        assertThat(ids(second)).containsExactly("50010300100300102");
        assertThat(second.get("numberMatched").asInt()).isEqualTo(2);
        assertThat(link(second, "next")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/geo+json",
                "application/json",
                "text/html",
                "*/*",
                "application/geo+json, application/json"
            })
    void whatever_a_reader_accepts_it_gets_geojson(String accept) {
        Answer answer = getAs(accept, ITEMS + "city/items");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/geo+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /ogc?foo=1                                                | 400 | BAD_PARAMETER
            /ogc/conformance?foo=1                                    | 400 | BAD_PARAMETER
            /ogc/api?foo=1                                            | 400 | BAD_PARAMETER
            /ogc/collections?foo=1                                    | 400 | BAD_PARAMETER
            /ogc/collections/grids?foo=1                              | 400 | BAD_PARAMETER
            /ogc/collections/grids/items?foo=1                        | 400 | BAD_PARAMETER
            /ogc/collections/grids/items?Limit=1                      | 400 | BAD_PARAMETER
            /ogc/collections/grids/items?kind=GRID                    | 400 | BAD_PARAMETER
            /ogc/collections/grids/items?bbox-crs=x                   | 400 | BAD_PARAMETER
            /ogc/collections/grids/items?limit=1&limit=2              | 400 | BAD_PARAMETER
            /ogc/collections/grids/items?provenance=OTHER             | 400 | BAD_PARAMETER
            /ogc/collections/streets/items?kind=VILLAGE               | 400 | BAD_PARAMETER
            /ogc/collections/grids/items/500103001003001?foo=1        | 400 | BAD_PARAMETER
            /ogc/collections/grids/items/500103001003001?limit=1      | 400 | BAD_PARAMETER
            /ogc?f=html                                               | 400 | BAD_FORMAT
            /ogc/collections/grids/items?f=gml                        | 400 | BAD_FORMAT
            /ogc/collections/grids/items?limit=0                      | 400 | BAD_LIMIT
            /ogc/collections/grids/items?limit=-1                     | 400 | BAD_LIMIT
            /ogc/collections/grids/items?limit=unlimited              | 400 | BAD_LIMIT
            /ogc/collections/grids/items?limit=1.5                    | 400 | BAD_LIMIT
            /ogc/collections/grids/items?limit=                       | 400 | BAD_LIMIT
            /ogc/collections/grids/items?bbox=1,2,3                   | 400 | BAD_BBOX
            /ogc/collections/grids/items?bbox=                        | 400 | BAD_BBOX
            /ogc/collections/grids/items?bbox=106,91,107,92           | 400 | BAD_BBOX
            /ogc/collections/grids/items?datetime=yesterday           | 400 | BAD_DATETIME
            /ogc/collections/grids/items?datetime=                    | 400 | BAD_DATETIME
            /ogc/collections/grids/items?datetime=2025-01-01T00:00:00Z/2024-01-01T00:00:00Z | 400 | BAD_DATETIME
            /ogc/collections/grids/items?cursor=x                     | 400 | BAD_CURSOR
            /ogc/collections/grids/items?cursor=MSAxICcgb3I           | 400 | BAD_CURSOR
            /ogc/collections/villages                                 | 404 | UNKNOWN_COLLECTION
            /ogc/collections/villages/items                           | 404 | UNKNOWN_COLLECTION
            /ogc/collections/villages/items/1                         | 404 | UNKNOWN_COLLECTION
            /ogc/collections/GRIDS                                    | 404 | UNKNOWN_COLLECTION
            /ogc/collections/grids/items/999                          | 404 | UNKNOWN_FEATURE
            /ogc/collections/grids/items/500103001003                 | 404 | UNKNOWN_FEATURE
            /ogc/collections/grids/items/%27%20or%201=1               | 404 | UNKNOWN_FEATURE
            /ogc/collections/grids/items/500103001003001/x            | 404 | UNKNOWN_PATH
            """)
    void what_the_standard_wants_refused_is_refused(String path, int status, String reason) {
        Answer answer = get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().get("reason").asString()).isEqualTo(reason);
    }

    @Test
    void the_format_may_be_named() {
        assertThat(Stream.of(
                                "/ogc",
                                "/ogc/conformance",
                                "/ogc/api",
                                "/ogc/collections",
                                "/ogc/collections/city",
                                "/ogc/collections/city/items",
                                "/ogc/collections/city/items/50")
                        .map(path -> get(path + "?f=json").status()))
                .containsOnly(200);
    }

    @ParameterizedTest
    @EnumSource(MapCollection.class)
    void every_collection_answers_every_parameter(MapCollection collection) {
        String filters = String.join(
                "",
                collection.filters().stream()
                        .filter(name -> !name.equals("kind") && !name.equals("provenance"))
                        .map(name -> "&" + name + "=x")
                        .toList());
        String query = "?limit=5&bbox=-180,-90,180,90&datetime=2024-01-01T00:00:00Z/.." + filters;

        assertThat(get(ITEMS + collection.id() + "/items" + query).status()).isEqualTo(200);
        assertThat(get(ITEMS + collection.id() + "/items?limit=5").status()).isEqualTo(200);
    }

    @Test
    void only_reading_is_possible() {
        assertThat(send(ADMINISTRATOR, "POST", ITEMS + "grids/items", "{}").status())
                .isEqualTo(405);
        assertThat(send(ADMINISTRATOR, "DELETE", ITEMS + "grids/items/500103001003001", "")
                        .status())
                .isEqualTo(405);
    }

    private static List<String> ids(JsonNode page) {
        return page.get("features")
                .valueStream()
                .map(feature -> feature.get("id").asString())
                .toList();
    }

    private static JsonNode link(JsonNode document, String rel) {
        return document.get("links")
                .valueStream()
                .filter(link -> link.get("rel").asString().equals(rel))
                .findFirst()
                .orElse(null);
    }
}
