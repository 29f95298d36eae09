package org.citybrain.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class GridConstraintsTest {

    private static final String SQUARE = "MULTIPOLYGON(((106 29, 107 29, 107 30, 106 30, 106 29)))";
    private static final String BOW_TIE = "MULTIPOLYGON(((106 29, 107 30, 107 29, 106 30, 106 29)))";

    private Database database;
    private JdbcClient grid;

    @BeforeEach
    void city_and_map() {
        database = Infrastructure.shared().newDatabase();
        grid = JdbcClient.create(database.dataSource(ServiceLogin.GRID));
        unit("50");
        grid.sql("""
                insert into grid.map_version (effective_from, created_at, provenance, note)
                values ('2026-01-01Z', '2026-01-01Z', 'SYNTHETIC', 'for a test')""").update();
    }

    @Test
    void the_code_alone_says_tier_and_parent() {
        for (String code :
                new String[] {"500103", "500103001", "500103001001", "500103001001007", "50010300100100701"}) {
            unit(code);
        }

        assertThat(grid.sql(
                                "select code || ' ' || tier || ' ' || coalesce(parent_code, '-') from grid.unit order by code")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "50 CITY -",
                        "500103 DISTRICT 50",
                        "500103001 STREET 500103",
                        "500103001001 COMMUNITY 500103001",
                        "500103001001007 GRID 500103001001",
                        "50010300100100701 MICRO_GRID 500103001001007");
    }

    @Test
    void a_unit_without_its_parent_is_refused() {
        assertRefused(() -> unit("500103001")).hasMessageContaining("violates foreign key constraint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "501",
                "5001",
                "50010",
                "5001030",
                "50010300",
                "5001030010",
                "50010300100100",
                "5001030010010070",
                "500103001001007012",
                "5O0103",
                "50010 "
            })
    void a_code_of_another_length_or_with_a_letter_is_refused(String code) {
        assertRefused(() -> unit(code)).hasMessageMatching("(?s).*(unit_code_check|null value in column \"tier\").*");
    }

    @Test
    void a_boundary_that_crosses_itself_is_refused() {
        assertRefused(() -> version("2026-01-01Z", BOW_TIE, 4326)).hasMessageContaining("unit_version_boundary_check");
    }

    @Test
    void a_boundary_in_another_reference_system_is_refused() {
        assertRefused(() -> version("2026-01-01Z", SQUARE, 4490))
                .hasMessageContaining("Geometry SRID (4490) does not match column SRID (4326)");
    }

    @Test
    void what_a_draft_holds_is_not_on_the_map_until_it_is_published_and_then_ends_what_was() {
        version("2026-01-01Z", SQUARE, 4326);
        long draft = draft("2026-02-01Z");
        version("2026-02-01Z", draft, SQUARE);
        assertThat(validities()).containsExactly("2026-01-01 - null");

        publish(draft);

        assertThat(validities()).containsExactly("2026-01-01 - 2026-02-01", "2026-02-01 - null");
    }

    @Test
    void there_is_one_draft_at_a_time() {
        draft("2026-02-01Z");

        assertRefused(() -> draft("2026-03-01Z")).hasMessageContaining("one_draft");
    }

    @Test
    void a_draft_that_begins_before_what_is_published_is_refused() {
        long draft = draft("2025-12-31Z");

        assertRefused(() -> publish(draft)).hasMessageContaining("is published already");
    }

    @Test
    void a_draft_that_ends_a_unit_and_not_those_below_it_is_refused() {
        version("2026-01-01Z", SQUARE, 4326);
        unit("500103");
        grid.sql("""
                insert into grid.unit_version (code, valid_from, map_version, name, population, boundary,
                                               representative_point, area_km2, provenance, tier)
                select '500103', valid_from, map_version, name, population, boundary, representative_point, area_km2,
                       provenance, 'DISTRICT'
                from grid.unit_version""").update();
        long draft = draft("2026-02-01Z");
        grid.sql("insert into grid.map_draft_end (map_version, code) values (:draft, '50')")
                .param("draft", draft)
                .update();

        assertRefused(() -> publish(draft)).hasMessageContaining("units without their parent: 500103");
    }

    @Test
    void a_point_finds_its_unit_by_the_index_of_its_tier() throws Exception {
        version("2026-01-01Z", SQUARE, 4326);
        assertThat(String.join("\n", Plan.of(database, ServiceLogin.API, """
                        select code from grid.unit_view
                        where tier = 'CITY' and st_covers(boundary, st_point(106.5, 29.5, 4326))"""))).contains("unit_version_by_place_city");
    }

    private void unit(String code) {
        grid.sql("insert into grid.unit (code) values (:code)")
                .param("code", code)
                .update();
    }

    private void version(String validFrom, String boundary, int srid) {
        version(validFrom, 1, boundary, srid);
    }

    private void version(String validFrom, long mapVersion, String boundary) {
        version(validFrom, mapVersion, boundary, 4326);
    }

    private void version(String validFrom, long mapVersion, String boundary, int srid) {
        grid.sql("""
                insert into grid.unit_version (code, valid_from, map_version, name, population, boundary,
                                               representative_point, area_km2, provenance, tier)
                values ('50', cast(:validFrom as timestamptz), :mapVersion, '重庆市', 1, st_geomfromtext(:boundary, :srid),
                        st_point(106.5, 29.2, 4326), 1, 'SYNTHETIC', 'CITY')""")
                .param("validFrom", validFrom)
                .param("mapVersion", mapVersion)
                .param("boundary", boundary)
                .param("srid", srid)
                .update();
    }

    private long draft(String effectiveFrom) {
        return grid.sql("""
                insert into grid.map_version (effective_from, created_at, provenance, note, status)
                values (cast(:from as timestamptz), '2026-01-02Z', 'IMPORTED', 'for a test', 'DRAFT')
                returning id""").param("from", effectiveFrom).query(Long.class).single();
    }

    private void publish(long draft) {
        grid.sql("select grid.publish_map_version(:draft)")
                .param("draft", draft)
                .query((row, i) -> true)
                .single();
    }

    private List<String> validities() {
        return grid.sql("""
                select concat(to_char(valid_from, 'YYYY-MM-DD'), ' - ', coalesce(to_char(valid_to, 'YYYY-MM-DD'), 'null'))
                from grid.unit_view order by valid_from""").query(String.class).list();
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable statement) {
        return assertThatThrownBy(statement).rootCause();
    }
}
