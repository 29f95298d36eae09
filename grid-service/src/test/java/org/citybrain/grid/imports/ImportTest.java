package org.citybrain.grid.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citybrain.grid.publish.AnnouncedMap;
import org.citybrain.messages.Datum;
import org.citybrain.messages.GovernanceMapChanged;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import tools.jackson.databind.JsonNode;

class ImportTest extends RunningImports {

    private static final TreeMap<String, Geometry> GRIDS = MadeMap.small().drawGrids();
    private static final String BEGIN_DRAFT = """
            insert into grid.map_version (effective_from, created_at, provenance, note, status)
            values ('2024-06-01Z', now(), '%s', 'left over', 'DRAFT')
            """;

    @Test
    void a_first_map_is_drawn_from_its_grids_up() {
        long version = importSmallMap();

        JsonNode versions = get("/v1/map-versions").get("items");
        assertThat(versions.size()).isEqualTo(1);
        assertThat(versions.get(0).get("mapVersion").asLong()).isEqualTo(version);
        assertThat(versions.get(0).get("provenance").asString()).isEqualTo("IMPORTED");
        assertThat(versions.get(0).get("note").asString()).isEqualTo("import of 160 units");
        assertThat(count(unitsAt(FIRST))).isEqualTo(160);
        JsonNode community = get("/v1/units/500109001001");
        assertThat(community.get("population").asLong()).isEqualTo(121 + 2 * 100);
        Geometry drawn = MadeMap.union(
                List.of(GRIDS.get("500109001001001"), GRIDS.get("500109001001002"), GRIDS.get("500109001001003")));
        assertThat(community.get("areaSquareKilometers").asDouble() * 1e6)
                .isCloseTo(SquareMeters.of(drawn), within(SquareMeters.of(drawn) / 100));
    }

    @Test
    void an_import_is_audited_with_what_it_did_and_a_refused_one_with_why() {
        long version = importSmallMap();
        reform(new BoundaryFile().abolish("500109"));

        assertThat(database().sql("""
                                select object || ' ' || result || ' ' || actor from audit.line where action = 'map.import'
                                order by sequence desc limit 2
                                """).query(String.class).list())
                .containsExactly("none REFUSED:IMPORT_REFUSED admin", version + " DONE admin");
        assertThat(database()
                        .sql("select detail::text from audit.line where object = :version and action = 'map.import'")
                        .param("version", Long.toString(version))
                        .query(String.class)
                        .single())
                .contains("\"created\"", "160", "sha256", "WGS84");
    }

    @Test
    void the_other_services_are_told_which_units_changed() {
        importSmallMap();
        long version = reform(new BoundaryFile().add("500109001001002", "改名网格", null, null))
                .body()
                .get("mapVersion")
                .asLong();

        GovernanceMapChanged message = AnnouncedMap.await(announced -> announced.mapVersion() == version
                        && announced.effectiveFrom().equals(Instant.parse(REFORM)))
                .message();

        assertThat(message.unitCodes()).containsExactly("500109001001002");
        assertThat(count("grid.map_version where announced_at is null")).isZero();
    }

    @Test
    void a_version_that_another_instance_published_and_did_not_announce_is_announced() {
        database().sql("""
                        insert into grid.map_version (effective_from, created_at, provenance, note)
                        values ('2024-02-03T04:05:06Z', now(), 'IMPORTED', 'by one that died')
                        """).update();

        assertThat(AnnouncedMap.await(message -> message.effectiveFrom().equals(Instant.parse("2024-02-03T04:05:06Z")))
                        .message()
                        .unitCodes())
                .isEmpty();
    }

    @Test
    void a_file_with_its_own_names_of_attributes() {
        String text = BoundaryFile.withAttributes(
                BoundaryFile.of(MadeMap.small()).text(), Map.of("code", "XZQDM", "name", "XZQMC", "population", "RKS"));

        Answer answer = post(
                Map.of("effectiveFrom", FIRST, "attributes", "code:XZQDM,name:XZQMC,population:RKS", "note", "第一版"),
                text);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(get("/v1/units/500109").get("name").asString()).isEqualTo("区500109");
        assertThat(get("/v1/map-versions").at("/items/0/note").asString()).isEqualTo("第一版");
        Answer unmapped = post(Map.of("effectiveFrom", REFORM), text);
        assertThat(unmapped.problem().get("detail").asString()).contains("[XZQDM, XZQMC, RKS]", "attributes=code:NAME");
    }

    @Test
    void a_file_in_gcj02_lies_where_the_same_one_in_wgs84_does() throws ParseException {
        importSmallMap();
        BoundaryFile file = new BoundaryFile();
        file.draw(
                "500109001001002",
                BoundaryFile.shifted(GRIDS.get("500109001001002"), place -> BadFileTest.encoded(Datum.GCJ02, place)));

        Answer answer = post(Map.of("effectiveFrom", REFORM, "datum", "GCJ02"), file.text());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        Geometry stored = new WKTReader()
                .read(database()
                        .sql("select st_astext(boundary) from " + unitsAt(REFORM) + " and code = '500109001001002'")
                        .query(String.class)
                        .single());
        Geometry meant = GRIDS.get("500109001001002");
        assertThat(stored.symDifference(meant).getArea()).isLessThan(meant.getArea() * 1e-4);
    }

    @Test
    void a_crossing_ring_is_repaired_when_that_is_wanted_and_reported() {
        importSmallMap();
        Coordinate at = new Coordinate(106.2, 29.25);
        Geometry bowTie = new GeometryFactory().createPolygon(new Coordinate[] {
            at, new Coordinate(106.21, 29.26), new Coordinate(106.21, 29.25), new Coordinate(106.2, 29.26), at
        });
        String file =
                new BoundaryFile().add("500109001001004", "蝴蝶", 5L, bowTie).text();
        assertThat(post(Map.of("effectiveFrom", REFORM), file).reasons()).containsExactly("SELF_CROSSING");

        Answer repaired = post(Map.of("effectiveFrom", REFORM, "repair", "true"), file);

        assertThat(repaired.status()).as(repaired.body().toString()).isEqualTo(200);
        assertThat(repaired.body().get("repairedCount").asInt()).isEqualTo(1);
        JsonNode repair = repaired.body().get("repaired").get(0);
        assertThat(repair.get("code").asString()).isEqualTo("500109001001004");
        assertThat(repair.get("detail").asString()).contains("Self-intersection", "106.205");
        assertThat(get("/v1/units/500109001001004?at=" + REFORM)
                                .get("areaSquareKilometers")
                                .asDouble()
                        * 1e6)
                .isCloseTo(repair.get("areaSquareMeters").asDouble(), within(4000.0));
    }

    @Test
    void what_was_invented_stays_marked_so_until_all_of_it_is_surveyed() {
        importSmallMap();
        database().sql("update grid.unit_version set provenance = 'SYNTHETIC'").update();

        assertThat(reform(new BoundaryFile()
                                .add("500109001001002", "改名", null, null)
                                .move("500109002", "500109009"))
                        .status())
                .isEqualTo(200);

        assertThat(provenanceAt("500109001001002")).isEqualTo("SYNTHETIC");
        assertThat(provenanceAt("500109009001003")).isEqualTo("SYNTHETIC");
        Answer redrawn = post(
                Map.of("effectiveFrom", "2026-01-01T00:00:00Z", "replaces", "500109001002"),
                new BoundaryFile()
                        .add(
                                "500109001002009",
                                "实测网格",
                                1L,
                                MadeMap.union(List.of(
                                        GRIDS.get("500109001002001"),
                                        GRIDS.get("500109001002002"),
                                        GRIDS.get("500109001002003"))))
                        .text());
        assertThat(redrawn.status()).as(redrawn.body().toString()).isEqualTo(200);
        assertThat(provenanceAt("500109001002009")).isEqualTo("IMPORTED");
    }

    private static String provenanceAt(String code) {
        return database()
                .sql("select provenance from grid.unit_view where valid_to is null and code = '" + code + "'")
                .query(String.class)
                .single();
    }

    @Test
    void one_change_of_the_map_at_a_time() throws SQLException {
        importSmallMap();
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('city_brain_grid_map', 0))");

            Answer answer = reform(new BoundaryFile().add("500109", "x", null, null));

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body().get("reason").asString()).isEqualTo("MAP_BEING_CHANGED");
            // closing alone gives it back only once the server has noticed, which may be after the next import
            statement.execute("select pg_advisory_unlock(hashtextextended('city_brain_grid_map', 0))");
        }
        assertThat(reform(new BoundaryFile().add("500109", "x", null, null)).status())
                .isEqualTo(200);
    }

    @Test
    void the_draft_of_an_import_that_died_is_forgotten_and_that_of_a_city_half_loaded_is_not() {
        importSmallMap();
        database().sql(BEGIN_DRAFT.formatted("IMPORTED")).update();
        assertThat(reform(new BoundaryFile().add("500109", "x", null, null)).status())
                .isEqualTo(200);
        assertThat(count("grid.map_version where note = 'left over'")).isZero();

        database().sql(BEGIN_DRAFT.formatted("SYNTHETIC")).update();
        Answer answer = post(
                Map.of("effectiveFrom", "2026-01-01T00:00:00Z"),
                new BoundaryFile().add("500109", "y", null, null).text());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().get("detail").asString()).contains("left over");
        assertThat(count("grid.map_version where note = 'left over'")).isEqualTo(1);
    }
}
