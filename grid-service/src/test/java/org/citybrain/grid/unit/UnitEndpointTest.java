package org.citybrain.grid.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.grid.RunningGridService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UnitEndpointTest extends RunningGridService {

    @Test
    void the_city_is_found_by_its_tier() {
        JsonNode page = get("/v1/units?tier=CITY").body();

        assertThat(codes(page)).containsExactly("50");
        assertThat(page.get("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 重庆市, CITY, CITY",
        "500103, 渝中区, DISTRICT, DISTRICT",
        "500103001, 七星岗街道, STREET, STREET",
        "500105100, 鱼嘴镇, STREET, TOWN",
        "500103001003, 华一坡社区居民委员会, COMMUNITY, RESIDENTS_COMMITTEE",
        "500103001003001, 华一坡社区第一网格, GRID, GRID"
    })
    void one_unit_of_each_kind(String code, String name, String tier, String kind) {
        JsonNode unit = get("/v1/units/" + code).body();

        assertThat(unit.get("code").asString()).isEqualTo(code);
        assertThat(unit.get("name").asString()).isEqualTo(name);
        assertThat(unit.get("tier").asString()).isEqualTo(tier);
        assertThat(unit.get("kind").asString()).isEqualTo(kind);
        assertThat(unit.get("provenance").asString()).isEqualTo("SYNTHETIC");
        assertThat(unit.get("population").asLong()).isPositive();
        assertThat(unit.get("areaSquareKilometers").asDouble()).isPositive();
        assertThat(unit.get("representativePoint").get("longitude").asDouble()).isBetween(106.0, 107.0);
        assertThat(unit.get("representativePoint").get("latitude").asDouble()).isBetween(29.0, 30.0);
        assertThat(unit.get("validFrom").asString()).isEqualTo("2023-06-29T16:00:00Z");
        assertThat(unit.get("validTo").isNull()).isTrue();
        assertThat(unit.get("parentCode").isNull()).isEqualTo(tier.equals("CITY"));
    }

    @Test
    void the_six_digit_form_of_the_city_is_the_city() {
        assertThat(get("/v1/units/500000").body()).isEqualTo(get("/v1/units/50").body());
        assertThat(get("/v1/units?parent=500000").body())
                .isEqualTo(get("/v1/units/50/children").body());
    }

    @Test
    void children_are_one_tier_below() {
        assertThat(codes(get("/v1/units/50/children").body())).containsExactly("500103", "500105");
        assertThat(get("/v1/units/500103/children").body().get("items").size()).isEqualTo(11);
        assertThat(get("/v1/units/500105/children").body().get("items").size()).isEqualTo(12);
        assertThat(codes(get("/v1/units/500103001003001/children").body())).isEmpty();
    }

    @Test
    void a_tier_below_a_parent_is_listed_at_any_depth() {
        assertThat(codes(
                        get("/v1/units?tier=COMMUNITY&parent=500103&limit=1000").body()))
                .hasSize(80)
                .allSatisfy(code -> assertThat(code).startsWith("500103").hasSize(12));
        assertThat(codes(
                        get("/v1/units?tier=COMMUNITY&parent=500105&limit=1000").body()))
                .hasSize(132);
    }

    @Test
    void paging_gives_every_unit_once_in_order() {
        List<String> all = new ArrayList<>();
        String next = "/v1/units?tier=GRID&limit=97";
        while (next != null) {
            JsonNode page = get(next).body();
            all.addAll(codes(page));
            next = page.get("nextCursor").isNull()
                    ? null
                    : "/v1/units?tier=GRID&limit=97&cursor="
                            + page.get("nextCursor").asString();
        }

        assertThat(all).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .isEqualTo(database()
                        .sql("select code from grid.unit_version where tier = 'GRID' order by code")
                        .query(String.class)
                        .list());
    }

    @Test
    void a_cursor_of_children_stays_below_the_parent() {
        JsonNode first = get("/v1/units/500105/children?limit=5").body();
        JsonNode second = get("/v1/units/500105/children?limit=100&cursor="
                        + first.get("nextCursor").asString())
                .body();

        assertThat(codes(first)).hasSize(5);
        assertThat(codes(second)).hasSize(7).allSatisfy(code -> assertThat(code).startsWith("500105"));
    }

    @Test
    void the_chain_of_a_unit_ends_with_itself() {
        JsonNode chain = get("/v1/units/500103001003/chain").body();

        assertThat(chain.get("mapVersion").asLong()).isEqualTo(1);
        assertThat(chain.get("chain").valueStream().map(link -> link.get("code").asString()))
                .containsExactly("50", "500103", "500103001", "500103001003");
    }

    @Test
    void the_border_is_a_geojson_feature() {
        Answer answer = get("/v1/units/500103001003001/boundary");

        assertThat(answer.contentType()).startsWith("application/geo+json");
        assertThat(answer.body().get("type").asString()).isEqualTo("Feature");
        assertThat(answer.body().get("geometry").get("type").asString()).isEqualTo("MultiPolygon");
        assertThat(answer.body().get("properties").get("code").asString()).isEqualTo("500103001003001");
        assertThat(answer.body()
                        .get("geometry")
                        .get("coordinates")
                        .get(0)
                        .get(0)
                        .size())
                .isGreaterThan(10);
    }

    /** What GDAL's reader of GeoJSON sends. */
    @Test
    void whoever_asks_for_json_gets_the_border_as_well() {
        Answer answer = getAs("text/plain, application/json", "/v1/units/500103/boundary");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.body().get("type").asString()).isEqualTo("Feature");
    }

    @Test
    void before_the_map_there_was_no_unit() {
        Answer answer = get("/v1/units/500103?at=2023-06-29T15:59:59Z");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("reason").asString()).isEqualTo("UNKNOWN_UNIT");
        assertThat(codes(get("/v1/units?tier=DISTRICT&at=2023-06-29T15:59:59Z").body()))
                .isEmpty();
        assertThat(codes(get("/v1/units?tier=DISTRICT&at=2023-06-29T16:00:00Z").body()))
                .hasSize(2);
    }

    @Test
    void the_versions_of_the_map_are_listed() {
        JsonNode versions = get("/v1/map-versions").body();

        assertThat(versions.get("items").size()).isEqualTo(1);
        assertThat(versions.get("items").get(0).get("mapVersion").asLong()).isEqualTo(1);
        assertThat(versions.get("items").get(0).get("provenance").asString()).isEqualTo("SYNTHETIC");
    }

    private static List<String> codes(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(unit -> unit.get("code").asString())
                .toList();
    }
}
