package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.citybrain.grid.GridApplication;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole city at its real size, loaded once by the service as it starts: {@code ./city-brain test full-city}. */
@Tag("full-city")
class FullDemoCityTest {

    private static final double METERS_PER_DEGREE = 96_800; // of longitude, the shorter one here
    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void load() {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--CITY_BRAIN_GRID_DEMO_CITY=full",
                "--city-brain.access.limit.person.per-second=100000",
                "--city-brain.access.limit.person.burst=100000"));
        Infrastructure.shared()
                .environment(DATABASE)
                .forEach((name, value) -> arguments.add("--" + name + "=" + value));
        service = new SpringApplicationBuilder(GridApplication.class)
                .properties("spring.config.name=grid-service")
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void every_tier_has_as_many_units_as_it_should() {
        assertThat(countsByTier())
                .isEqualTo(Map.of(
                        "CITY", 1L,
                        "DISTRICT", 38L,
                        "STREET", 1_031L,
                        "COMMUNITY", 11_270L,
                        "GRID", 61_990L,
                        "MICRO_GRID", 311_982L));
    }

    @Test
    void the_api_gives_as_many_units_as_there_are() throws Exception {
        Map<String, Long> counts = new HashMap<>();
        for (String tier : List.of("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID")) {
            String cursor = "";
            long count = 0;
            while (cursor != null) {
                JsonNode page = get("/v1/units?limit=1000&tier=" + tier + cursor);
                count += page.get("items").size();
                JsonNode next = page.get("nextCursor");
                cursor = next.isNull() ? null : "&cursor=" + next.asString();
            }
            counts.put(tier, count);
        }
        JsonNode microGrids = get("/v1/units/500103001003001/children");

        Map<String, Long> stored = new HashMap<>(countsByTier());
        stored.remove("MICRO_GRID");
        assertThat(counts).isEqualTo(stored);
        assertThat((long) microGrids.get("items").size())
                .isEqualTo(count("select count(*) from grid.unit_view where parent_code = '500103001003001'"))
                .isBetween(3L, 9L);
    }

    @Test
    void names_and_codes_down_to_communities_are_those_of_the_published_list() throws IOException {
        Map<String, String> published = new HashMap<>();
        try (InputStream file = FullDemoCityTest.class.getResourceAsStream("/demo/chongqing-units-nbs-2023.csv")) {
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .forEach(fields -> published.put(
                            switch (fields[3]) {
                                case "CITY" -> fields[0].substring(0, 2);
                                case "DISTRICT" -> fields[0].substring(0, 6);
                                case "STREET" -> fields[0].substring(0, 9);
                                default -> fields[0];
                            },
                            fields[1]));
        }
        Map<String, String> stored = new HashMap<>();
        database()
                .sql("select code, name from grid.unit_view where length(code) <= 12")
                .query(row -> {
                    stored.put(row.getString("code"), row.getString("name"));
                });

        assertThat(stored).hasSize(12_340).isEqualTo(published);
    }

    @Test
    void no_border_is_invalid_and_none_has_a_second_piece_or_a_hole() {
        assertThat(count("select count(*) from grid.unit_version where not st_isvalid(boundary)"))
                .isZero();
        assertThat(count("select count(*) from grid.unit_version where st_numgeometries(boundary) <> 1"))
                .isZero();
        assertThat(count("""
                select count(*) from grid.unit_version where st_numinteriorrings(st_geometryn(boundary, 1)) <> 0
                """)).isZero();
    }

    @Test
    void siblings_neither_overlap_nor_leave_gaps() {
        List<String> parentsWithFaults = new ArrayList<>();
        long parents = 0;
        // District by district, so that not all borders are held at once; the first has the districts themselves.
        List<String> prefixes = new ArrayList<>(List.of(""));
        CensusDistricts.read().forEach(district -> prefixes.add(district.code().digits()));
        for (String prefix : prefixes) {
            Map<String, List<Geometry>> children = childrenBelow(prefix);
            parents += children.size();
            children.forEach((parent, borders) -> {
                if (!isCoverage(borders)) {
                    parentsWithFaults.add(parent);
                }
            });
        }

        assertThat(parents).isEqualTo(1 + 38 + 1_031 + 11_270 + 61_990);
        assertThat(parentsWithFaults).isEmpty();
    }

    @Test
    void all_micro_grids_of_a_district_fit_together_and_so_do_all_streets_of_the_city() {
        assertThat(isCoverage(borders("tier = 'MICRO_GRID' and code like '500103%'")))
                .isTrue();
        assertThat(isCoverage(borders("tier = 'GRID' and code like '50023%'"))).isTrue();
        assertThat(isCoverage(borders("tier = 'STREET'"))).isTrue();
    }

    @Test
    void an_overlap_of_half_a_metre_would_be_seen() {
        List<Geometry> borders = borders("tier = 'GRID' and code like '500103001%'");
        borders.set(7, borders.get(7).buffer(0.5 / METERS_PER_DEGREE));

        assertThat(isCoverage(borders)).isFalse();
    }

    @Test
    void each_parent_has_the_area_and_the_people_of_its_children() {
        List<String> differing = database().sql("""
                        select parent.code
                        from grid.unit_view parent
                        join grid.unit_view child on child.parent_code = parent.code
                        group by parent.code, parent.population, parent.boundary, parent.area_km2
                        having parent.population <> sum(child.population)
                            or abs(st_area(parent.boundary) / sum(st_area(child.boundary)) - 1) > 1e-6
                            or abs(parent.area_km2 / sum(child.area_km2) - 1) > 1e-6
                        """).query(String.class).list();

        assertThat(differing).isEmpty();
    }

    @Test
    void people_and_areas_are_about_those_of_the_real_districts() {
        assertThat(count("select population from grid.unit_view where code = '50'"))
                .isEqualTo(32_053_000);
        assertThat(count("select population from grid.unit_view where code = '500112'"))
                .isEqualTo(2_191_000);
        assertThat(number("select area_km2 from grid.unit_view where code = '50'"))
                .isCloseTo(82_400, within(1_000.0));
        for (DemoPlan.District district : CensusDistricts.read()) {
            double share = number("select area_km2 from grid.unit_view where code = '" + district.code() + "'")
                    / district.squareKilometers();
            assertThat(share).as(district.code().digits()).isBetween(0.95, 1.05);
        }
        assertThat(count("select count(*) from grid.unit_view where population = 0"))
                .isZero();
    }

    @Test
    void the_seat_of_a_district_lies_in_it() {
        for (DemoPlan.District district : CensusDistricts.read()) {
            assertThat(database()
                            .sql("""
                            select code from grid.unit_view
                            where tier = 'DISTRICT' and st_covers(boundary, st_setsrid(st_point(:x, :y), 4326))
                            """)
                            .param("x", district.seat().longitude())
                            .param("y", district.seat().latitude())
                            .query(String.class)
                            .single())
                    .isEqualTo(district.code().digits());
        }
    }

    @Test
    void grids_are_small_in_town_and_large_in_the_country() {
        double inTown = number("""
                select avg(area_km2) from grid.unit_view where tier = 'GRID' and code like '500103%'
                """);
        double inTheHills = number("""
                select avg(area_km2) from grid.unit_view where tier = 'GRID' and code like '500229%'
                """);

        assertThat(inTown).isBetween(0.02, 0.05);
        assertThat(inTheHills).isBetween(3.0, 6.0);
    }

    @Test
    void borders_are_irregular() {
        assertThat(number("select avg(st_npoints(boundary) - 1) from grid.unit_view where tier = 'GRID'"))
                .isBetween(26.0, 34.0);
        assertThat(count("select min(st_npoints(boundary) - 1) from grid.unit_view where tier = 'GRID'"))
                .isGreaterThanOrEqualTo(10);
        assertThat(count("""
                select count(*) from grid.unit_view
                where tier in ('GRID', 'MICRO_GRID') and st_area(boundary) > 0.97 * st_area(st_envelope(boundary))
                """)).isZero();
    }

    @Test
    void what_lies_on_the_map_beside_the_units_is_of_realistic_number() {
        Map<String, Long> counts = new HashMap<>();
        database().sql("""
                        select case layer when 'KEY_PLACE' then kind else layer end as what, count(*)
                        from grid.layer_feature
                        where valid_from = '2023-06-29T16:00:00Z' and valid_to is null and provenance = 'SYNTHETIC'
                        group by 1
                        """).query(row -> {
            counts.put(row.getString("what"), row.getLong("count"));
        });

        assertThat(counts)
                .isEqualTo(Map.of(
                        "SCHOOL", 4_159L,
                        "HOSPITAL", 1_655L,
                        "CHEMICAL_PLANT", 265L,
                        "METRO_HUB", 200L,
                        "RESERVOIR", 2_979L,
                        "DEVICE", 29_846L,
                        "ONLINE_GRID", 25_845L,
                        "RESPONSIBILITY_AREA", 594L,
                        "WATCH_AREA", 1_395L));
        assertThat(count("select count(distinct kind) from grid.layer_feature where layer = 'DEVICE'"))
                .isEqualTo(6);
        assertThat(count("select count(*) from grid.department")).isEqualTo(594);
    }

    @Test
    void a_device_lies_in_the_grid_that_it_is_kept_by_and_an_online_grid_is_its_grid() {
        assertThat(count("""
                select count(*)
                from grid.layer_feature f join grid.unit_view u on u.code = f.unit_code
                where f.layer = 'DEVICE' and not st_contains(u.boundary, f.geometry)
                """)).isZero();
        assertThat(count("""
                select count(*)
                from grid.layer_feature f join grid.unit_view u on u.code = f.unit_code
                where f.layer = 'ONLINE_GRID' and not st_orderingequals(u.boundary, f.geometry)
                """)).isZero();
    }

    @Test
    void key_places_lie_in_the_city() {
        assertThat(count("""
                select count(*)
                from grid.key_place_view k
                where not exists (select from grid.unit_view u
                                  where u.tier = 'GRID' and st_contains(u.boundary, k.location))
                """)).isZero();
    }

    @Test
    void departments_answer_for_types_of_the_catalogue_and_some_across_borders() throws IOException {
        String policies;
        try (InputStream file = FullDemoCityTest.class.getResourceAsStream("/db/migration/V6__policies.sql")) {
            policies = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
        TreeSet<String> catalogue = new TreeSet<>(Pattern.compile("\"code\": \"([a-z-]+\\.[a-z-]+)\", \"category\"")
                .matcher(policies)
                .results()
                .map(found -> found.group(1))
                .toList());

        assertThat(catalogue).hasSizeGreaterThan(20);
        assertThat(database()
                        .sql("select distinct unnest(incident_types) from grid.layer_feature")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(catalogue).contains(type));
        assertThat(count("""
                select min(districts)
                from (select count(*) as districts
                      from grid.layer_feature f
                      join grid.unit_view u on u.tier = 'DISTRICT' and st_intersects(u.boundary, f.geometry)
                      where f.layer = 'RESPONSIBILITY_AREA' and f.kind in ('EXPRESSWAY', 'RIVER')
                      group by f.id) corridors
                """)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void every_grid_has_staff_and_most_have_it_around_the_clock() {
        assertThat(count("""
                select count(*)
                from grid.unit_view u
                where u.tier = 'GRID' and not exists (select from grid.staff s where s.unit_code = u.code)
                """)).isZero();
        assertThat(count("select count(*) from grid.staff where duty = 'GRID_WORKER'"))
                .isBetween(61_990L * 18 / 10, 61_990L * 2);
        assertThat(count("select count(*) from grid.staff where duty = 'OPERATOR'"))
                .isEqualTo(3 * (1 + 38 + 1_031));
    }

    /** Changes only when the demo city is meant to change: then its note in DemoPlan names a new edition. */
    @Test
    void it_is_the_same_on_every_machine() {
        Map<String, String> digests = Map.of(
                "units", digest("""
                        select code || name || population || st_asewkb(boundary)::text
                            || st_asewkb(representative_point)::text as text
                        from grid.unit_view
                        """),
                "features", digest("""
                        select layer || id || kind || name || st_asewkb(geometry)::text || coalesce(unit_code, '')
                            || coalesce(department_code, '') || coalesce(incident_types::text, '') as text
                        from grid.layer_feature
                        """),
                "staff", digest("""
                        select account || unit_code || duty || shift_starts || shift_ends as text from grid.staff
                        """));

        assertThat(digests)
                .isEqualTo(Map.of(
                        "units", "580600e5769bdf6a8d7ae12507ec388f",
                        "features", "c39f9791f03e14672e5bc63b74f803f9",
                        "staff", "3cdc2d166ae1e0813fe85eb06f7c0159"));
    }

    @Test
    void a_restart_changes_nothing() {
        service.getBean(LoadDemoCity.class).run(new DefaultApplicationArguments());

        assertThat(count("select count(*) from grid.map_version")).isOne();
        assertThat(count("select count(*) from grid.map_draft_part")).isZero();
    }

    private static Map<String, Long> countsByTier() {
        Map<String, Long> counts = new HashMap<>();
        database()
                .sql("select tier, count(*) from grid.unit_view group by tier")
                .query(row -> {
                    counts.put(row.getString("tier"), row.getLong("count"));
                });
        return counts;
    }

    private static JsonNode get(String pathAndQuery) throws IOException, InterruptedException {
        int port = Objects.requireNonNull(((WebServerApplicationContext) service).getWebServer())
                .getPort();
        String token = Infrastructure.shared().issuer().token("admin", "50", "ADMIN");
        return JsonMapper.shared()
                .readTree(CLIENT.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                                        .header("Authorization", "Bearer " + token)
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    /** Gaps up to a metre would be reported as well: neighbours share each vertex. */
    private static boolean isCoverage(List<Geometry> borders) {
        Geometry[] faults = CoverageValidator.validate(borders.toArray(Geometry[]::new), 1 / METERS_PER_DEGREE);
        return !CoverageValidator.hasInvalidResult(faults);
    }

    private static List<Geometry> borders(String which) {
        return new ArrayList<>(database()
                .sql("select st_asbinary(boundary) as wkb from grid.unit_view where " + which)
                .query((row, number) -> geometry(row.getBytes("wkb")))
                .list());
    }

    private static Map<String, List<Geometry>> childrenBelow(String prefix) {
        Map<String, List<Geometry>> children = new HashMap<>();
        database().sql("""
                        select parent_code, st_asbinary(boundary) as wkb
                        from grid.unit_view
                        where parent_code like :prefix and (tier = 'DISTRICT') = (:prefix = '%')
                        """).param("prefix", prefix + "%").query(row -> {
            children.computeIfAbsent(row.getString("parent_code"), parent -> new ArrayList<>())
                    .add(geometry(row.getBytes("wkb")));
        });
        return children;
    }

    private static Geometry geometry(byte[] wkb) {
        try {
            return new WKBReader().read(wkb);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String digest(String texts) {
        return database()
                .sql("select md5(string_agg(md5(text), '' order by text collate \"C\")) from (" + texts + ") texts")
                .query(String.class)
                .single();
    }

    private static long count(String sql) {
        return database().sql(sql).query(Long.class).single();
    }

    private static double number(String sql) {
        return database().sql(sql).query(Double.class).single();
    }

    private static JdbcClient database() {
        return JdbcClient.create(DATABASE.administratorDataSource());
    }
}
