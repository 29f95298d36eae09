package org.citybrain.grid.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKTReader;
import tools.jackson.databind.JsonNode;

/**
 * The reform of 6 November 2025 in shape: two districts are abolished (500105, 500112), one (500160) is created from most of them and a
 * town of a third (500109), and some of their towns go to the third.
 */
class ReformTest extends RunningImports {

    private static final Map<String, String> MOVES = Map.of(
            "500105001", "500160001",
            "500105002", "500160002",
            "500105003", "500160003",
            "500105004", "500109005",
            "500112001", "500160004",
            "500112002", "500160005",
            "500112003", "500160006",
            "500112004", "500109006",
            "500109004", "500160007");

    /** Of a town: itself, two communities, six grids, four micro-grids. */
    private static final int UNITS_OF_TOWN = 13;

    private static final TreeMap<String, Geometry> GRIDS = MadeMap.small().drawGrids();

    private static BoundaryFile reformFile() {
        BoundaryFile file = new BoundaryFile();
        file.add("500160", "两江区", null, null);
        new TreeMap<>(MOVES).forEach(file::move);
        return file.abolish("500105").abolish("500112");
    }

    @Test
    void two_districts_become_one_and_a_third_and_both_maps_answer_for_their_time() {
        long first = importSmallMap();

        Answer answer = reform(reformFile());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        long second = answer.body().get("mapVersion").asLong();
        assertThat(second).isGreaterThan(first);
        assertThat(answer.body().get("units").toString())
                .isEqualTo("{\"created\":1,\"changed\":1,\"moved\":" + 9 * UNITS_OF_TOWN + ",\"ended\":2}");
        assertThat(answer.body().get("sha256").asString()).hasSize(64);

        Point place = GRIDS.get("500105001001001").getInteriorPoint();
        assertChain(place, "2025-11-05T15:59:59Z", first, "50 500105 500105001 500105001001 500105001001001");
        assertChain(place, REFORM, second, "50 500160 500160001 500160001001 500160001001001");
        Point toTheThird = GRIDS.get("500112004002003").getInteriorPoint();
        assertChain(toTheThird, "2024-06-01T00:00:00Z", first, "50 500112 500112004 500112004002 500112004002003");
        assertChain(toTheThird, "2026-06-01T00:00:00Z", second, "50 500109 500109006 500109006002 500109006002003");

        assertThat(children("50", FIRST)).containsExactly("500105", "500109", "500112");
        assertThat(children("50", REFORM)).containsExactly("500109", "500160");
        assertThat(children("500109", REFORM))
                .containsExactly("500109001", "500109002", "500109003", "500109005", "500109006");
        assertThat(children("500160001001001", REFORM)).containsExactly("50016000100100101", "50016000100100102");
        assertThat(status("/v1/units/500105?at=2025-11-05T15:59:59Z")).isEqualTo(200);
        assertThat(status("/v1/units/500105?at=" + REFORM)).isEqualTo(404);
        assertThat(get("/v1/units/500160001?at=" + REFORM).get("name").asString())
                .isEqualTo("镇500105001");
        assertThat(get("/v1/units/500160?at=" + REFORM).get("population").asLong())
                .isEqualTo(7
                        * get("/v1/units/500105001?at=" + FIRST)
                                .get("population")
                                .asLong());
        assertNested(FIRST);
        assertNested(REFORM);
    }

    @Test
    void a_dry_run_says_what_will_happen_and_changes_nothing() {
        importSmallMap();
        Map<String, Object> before = rows();

        Answer tried = post(
                Map.of("effectiveFrom", REFORM, "dryRun", "true"), reformFile().text());

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.body().get("accepted").asBoolean()).isTrue();
        assertThat(tried.body().has("mapVersion")).isFalse();
        assertThat(rows()).isEqualTo(before);
        assertThat(reform(reformFile()).body().get("units"))
                .isEqualTo(tried.body().get("units"));
    }

    @Test
    void the_two_maps_differ_in_exactly_what_the_reform_says() {
        long first = importSmallMap();
        long second = reform(reformFile()).body().get("mapVersion").asLong();

        List<JsonNode> changes = diff(first, second);

        Map<String, Long> kinds = changes.stream()
                .collect(Collectors.groupingBy(change -> change.get("change").asString(), Collectors.counting()));
        assertThat(kinds).isEqualTo(Map.of("CREATED", 1L, "ENDED", 2L, "MOVED", 9L * UNITS_OF_TOWN, "REDRAWN", 1L));
        JsonNode town = changes.stream()
                .filter(change -> change.get("code").asString().equals("500109006"))
                .findFirst()
                .orElseThrow();
        assertThat(town.get("formerCode").asString()).isEqualTo("500112004");
        assertThat(town.get("tier").asString()).isEqualTo("STREET");
        assertThat(town.at("/population/before")).isEqualTo(town.at("/population/after"));
        assertThat(town.at("/areaSquareKilometers/before").asDouble())
                .isEqualTo(town.at("/areaSquareKilometers/after").asDouble());
        JsonNode third = changes.stream()
                .filter(change -> change.get("change").asString().equals("REDRAWN"))
                .findFirst()
                .orElseThrow();
        assertThat(third.get("code").asString()).isEqualTo("500109");
        assertThat(third.at("/population/after").asLong() * 4)
                .isEqualTo(third.at("/population/before").asLong() * 5);
        assertThat(diff(second, second)).isEmpty();
        assertThat(status("/v1/map-versions/" + first + "/diff?to=999999")).isEqualTo(404);
        assertThat(status("/v1/map-versions/999999/diff")).isEqualTo(404);
        assertThat(status("/v1/map-versions/" + second + "/diff?to=" + first)).isEqualTo(400);
        assertThat(status("/v1/map-versions/x/diff")).isEqualTo(400);
    }

    @Test
    void what_moved_twice_between_two_maps_is_one_change() {
        long first = importSmallMap();
        reform(reformFile());
        Answer back = post(
                Map.of("effectiveFrom", "2025-12-01T00:00:00Z"),
                new BoundaryFile()
                        .move("500160001", "500109007")
                        .move("500160002001", "500160003003")
                        .text());
        assertThat(back.status()).as(back.body().toString()).isEqualTo(200);

        List<JsonNode> changes = diff(first, back.body().get("mapVersion").asLong());

        assertThat(changes.stream()
                        .filter(change -> change.has("formerCode"))
                        .map(change -> change.get("formerCode").asString() + " "
                                + change.get("code").asString()))
                .contains("500105001 500109007", "500105001001001 500109007001001", "500105002001 500160003003")
                .hasSize(9 * UNITS_OF_TOWN);
        assertThat(changes.stream()
                        .filter(change -> change.get("change").asString().equals("ENDED")))
                .hasSize(2);
    }

    @Test
    void a_forgotten_town_is_named_with_its_place_and_area() throws ParseException {
        importSmallMap();
        Map<String, Object> before = rows();

        Answer answer = reform(reformFile().without("500160003"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().get("reason").asString()).isEqualTo("IMPORT_REFUSED");
        assertThat(answer.reasons()).containsExactly("GAP");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500105003");
        double squareMeters = 1e6
                * get("/v1/units/500105003?at=" + FIRST)
                        .get("areaSquareKilometers")
                        .asDouble();
        assertThat(answer.problem().get("areaSquareMeters").asDouble())
                .isCloseTo(squareMeters, within(squareMeters / 200));
        Geometry place = new WKTReader().read(answer.problem().get("wkt").asString());
        assertThat(place.contains(GRIDS.get("500105003001002").getInteriorPoint()))
                .isTrue();
        assertThat(place.contains(GRIDS.get("500105002001002").getInteriorPoint()))
                .isFalse();
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a_forgotten_grid_of_a_community_that_was_drawn_anew_is_named() {
        importSmallMap();

        Answer answer = post(
                Map.of("effectiveFrom", REFORM, "replaces", "500109001001"),
                new BoundaryFile()
                        .draw("500109001001003", GRIDS.get("500109001001003"))
                        .draw("500109001001001", GRIDS.get("500109001001001"))
                        .text());

        assertThat(answer.reasons()).containsExactly("GAP");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500109001001002");
    }

    @Test
    void a_town_under_an_unknown_parent_is_refused() {
        importSmallMap();
        Map<String, Object> before = rows();

        Answer answer = reform(reformFile().without("500160003").move("500105003", "500199003"));

        assertThat(answer.reasons()).containsExactly("UNKNOWN_PARENT");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500199003");
        assertThat(answer.problem().get("other").asString()).isEqualTo("500199");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void land_of_two_towns_is_named_down_to_the_grids() {
        importSmallMap();
        Map<String, Object> before = rows();
        // 500109001002 lies east of 500109001001: their grids are rows of two cells
        Geometry both = GRIDS.get("500109001001002").union(GRIDS.get("500109001002002"));

        Answer answer = reform(reformFile().draw("500109001001002", both));

        assertThat(answer.reasons()).containsExactly("OVERLAP");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500109001001002");
        assertThat(answer.problem().get("other").asString()).isEqualTo("500109001002002");
        assertThat(answer.problem().get("areaSquareMeters").asDouble())
                .isCloseTo(SquareMeters.of(GRIDS.get("500109001002002")), within(1.0));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a_town_cannot_have_the_code_of_one_that_stays() {
        importSmallMap();

        Answer answer = reform(reformFile().without("500109005").move("500105004", "500109001"));

        assertThat(answer.reasons()).containsExactly("CODE_TAKEN");
        assertThat(answer.problem().get("code").asString()).isEqualTo("500109001");
    }

    @Test
    void a_grid_is_divided_and_two_become_one() {
        importSmallMap();
        List<Polygon> cells = new ArrayList<>();
        MadeMap.small().forEachGrid((code, itsCells) -> {
            if (code.equals("500109001001002")) {
                cells.addAll(itsCells);
            }
        });
        Geometry joined = MadeMap.union(List.of(GRIDS.get("500109002001002"), GRIDS.get("500109002001003")));

        Answer answer = reform(new BoundaryFile()
                .add("500109001001002", null, 70L, cells.get(0))
                .add("500109001001004", "新网格", 30L, cells.get(1))
                .add("500109002001002", null, 200L, joined)
                .abolish("500109002001003"));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().get("units").toString())
                .isEqualTo("{\"created\":1,\"changed\":2,\"moved\":0,\"ended\":1}");
        assertThat(get("/v1/units/500109001001?at=" + REFORM).get("population"))
                .isEqualTo(get("/v1/units/500109001001?at=" + FIRST).get("population"));
        assertNested(REFORM);
    }

    @Test
    void residents_are_summed_up_to_the_city_and_a_name_is_only_a_name() {
        long first = importSmallMap();
        long people = get("/v1/units/50").get("population").asLong();

        Answer answer = reform(
                new BoundaryFile().add("500109001001002", "改名网格", 150L, null).add("500105", "新名区", 999_999L, null));

        assertThat(answer.body().get("units").get("changed").asInt()).isEqualTo(6);
        assertThat(get("/v1/units/50?at=" + REFORM).get("population").asLong()).isEqualTo(people + 50);
        JsonNode renamed = get("/v1/units/500105?at=" + REFORM);
        assertThat(renamed.get("name").asString()).isEqualTo("新名区");
        assertThat(renamed.get("population"))
                .isEqualTo(get("/v1/units/500105?at=" + FIRST).get("population"));
        assertThat(diff(first, answer.body().get("mapVersion").asLong()).stream()
                        .map(change -> change.get("change").asString() + " "
                                + change.get("code").asString()))
                .containsExactly(
                        "POPULATION 50",
                        "RENAMED 500105",
                        "POPULATION 500109",
                        "POPULATION 500109001",
                        "POPULATION 500109001001",
                        "RENAMED 500109001001002");
    }

    @Test
    void two_grids_exchange_their_codes() {
        importSmallMap();

        Answer answer = reform(new BoundaryFile()
                .move("500109001001002", "500109001001003")
                .move("500109001001003", "500109001001002"));

        assertThat(answer.body().get("units").toString())
                .isEqualTo("{\"created\":0,\"changed\":0,\"moved\":2,\"ended\":0}");
        assertThat(get("/v1/units/500109001001002?at=" + REFORM).get("name").asString())
                .isEqualTo("网格500109001001003");
    }

    @Test
    void a_map_of_the_future_is_there_for_its_time_and_not_before() {
        long first = importSmallMap();
        Answer answer = post(
                Map.of("effectiveFrom", "2999-01-01T00:00:00Z"), reformFile().text());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(children("50", "2998-12-31T23:59:59Z")).hasSize(3);
        assertThat(get("/v1/units?parent=50").get("items").size()).isEqualTo(3);
        assertThat(children("50", "2999-01-01T00:00:00Z")).hasSize(2);
        Point place = GRIDS.get("500105001001001").getInteriorPoint();
        assertThat(get(locate(place) + "&at=2998-12-31T23:59:59Z")
                        .get("mapVersion")
                        .asLong())
                .isEqualTo(first);
        assertThat(get(locate(place) + "&at=2999-01-01T00:00:00Z").get("mapVersion"))
                .isEqualTo(answer.body().get("mapVersion"));
        assertThat(reform(new BoundaryFile().add("500105", "x", null, null)).reasons())
                .containsExactly("NOT_LATER");
    }

    @Test
    void the_whole_city_can_get_another_code() {
        importSmallMap();

        Answer answer = reform(new BoundaryFile().move("50", "51"));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().get("units").get("moved").asLong()).isEqualTo(count(unitsAt(FIRST)));
        assertThat(children("51", REFORM)).containsExactly("510105", "510109", "510112");
        assertNested(REFORM);
    }

    private void assertChain(Point place, String at, long version, String codes) {
        JsonNode located = get(locate(place) + "&at=" + at);
        assertThat(located.get("mapVersion").asLong()).isEqualTo(version);
        assertThat(located.get("chain")
                        .valueStream()
                        .map(link -> link.get("code").asString())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(codes);
    }

    private static String locate(Point place) {
        return "/v1/locate?datum=WGS84&longitude=%.7f&latitude=%.7f".formatted(place.getX(), place.getY());
    }

    private List<String> children(String code, String at) {
        return get("/v1/units/" + code + "/children?at=" + at)
                .get("items")
                .valueStream()
                .map(unit -> unit.get("code").asString())
                .toList();
    }

    private List<JsonNode> diff(long from, long to) {
        List<JsonNode> changes = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/v1/map-versions/" + from + "/diff?limit=50&to=" + to + cursor);
            page.get("items").forEach(changes::add);
            cursor = page.get("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (cursor != null);
        return changes;
    }

    /** Neither overlaps nor gaps among siblings, and each parent has exactly its children's land and people. */
    private static void assertNested(String at) {
        Map<String, List<Geometry>> children = new TreeMap<>();
        Map<String, Geometry> units = new TreeMap<>();
        Map<String, long[]> people = new TreeMap<>();
        database()
                .sql("select code, parent_code, population, st_asbinary(boundary) as boundary from " + unitsAt(at))
                .query(row -> {
                    try {
                        Geometry boundary = new WKBReader().read(row.getBytes("boundary"));
                        String parent = row.getString("parent_code");
                        units.put(row.getString("code"), boundary);
                        people.computeIfAbsent(row.getString("code"), code -> new long[2])[0] =
                                row.getLong("population");
                        if (parent != null) {
                            children.computeIfAbsent(parent, code -> new ArrayList<>())
                                    .add(boundary);
                            people.computeIfAbsent(parent, code -> new long[2])[1] += row.getLong("population");
                        }
                    } catch (ParseException failure) {
                        throw new IllegalStateException(failure);
                    }
                });
        assertThat(children).isNotEmpty();
        children.forEach((parent, areas) -> {
            assertThat(units).containsKey(parent);
            assertThat(CoverageValidator.isValid(areas.toArray(Geometry[]::new)))
                    .as(parent)
                    .isTrue();
            double sum = areas.stream().mapToDouble(Geometry::getArea).sum();
            assertThat(units.get(parent).getArea()).as(parent).isCloseTo(sum, within(sum * 1e-9));
            assertThat(people.get(parent)[0]).as(parent).isEqualTo(people.get(parent)[1]);
        });
    }
}
