package org.citybrain.api.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchIncidentsTest {

    private static final Instant TODAY = RunningApi.NOW.minus(Duration.ofHours(1));
    private static final Instant IN_JUNE = Instant.parse("2026-06-10T10:00:00Z");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();

    private UUID flood = new UUID(0, 0);
    private UUID gas = new UUID(0, 0);
    private UUID old = new UUID(0, 0);

    @BeforeEach
    void store() {
        flood = stored.incident(TODAY).rest(1).grids(Stored.GRID).store();
        gas = stored.incident(TODAY)
                .rest(2)
                .type("gas.leak", "ACCIDENT")
                .grids(Stored.OTHER_GRID)
                .store();
        old = stored.incident(IN_JUNE)
                .rest(3)
                .type("gas.leak", "ACCIDENT")
                .grids(Stored.OTHER_GRID)
                .store();
        report(flood, TODAY, "北桥下积水严重，一辆Bus被困");
        report(old, IN_JUNE, "北桥积水 100%_sure");
        note(gas, TODAY, "居民已疏散到学校");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    积水严重        | flood
                    bus被困         | flood
                    疏散到          | gas
                    北桥积水        | old
                    100%_           | old
                    100%_su         | old
                    0%_s            | ''
                    1_0%            | ''
                    燃气            | gas old
                    gas leak        | gas old
                    大柱            | gas old
                    大柱第二网格    | gas old
                    第二网格        | ''
                    500117101       | gas old
                    500112          | flood
                    nothing at all  | ''
                    """)
    void a_text_finds_numbers_types_places_reports_and_notes(String text, String expected) {
        assertThat(search(text).items("id")).isEqualTo(ids(expected));
    }

    @Test
    void a_number_is_found_as_a_whole_and_by_its_beginning() {
        String number = search("积水严重").items("number").getFirst();

        assertThat(search(number).items("id")).containsExactly(flood.toString());
        assertThat(search(number.substring(0, 9)).items("id")).containsExactlyElementsOf(ids("gas flood"));
        assertThat(search("20260711-1").items("id")).isEmpty();
        assertThat(search("20269999-1").items("id")).isEmpty();
    }

    @Test
    void a_word_of_two_characters_is_found_however_old() {
        assertThat(search("积水").items("id")).containsExactlyElementsOf(ids("flood old"));
        assertThat(search("积水 ").items("id")).containsExactlyElementsOf(ids("flood old"));
        report(gas, TODAY, "水位 0% 正常");
        assertThat(search("水位 0%").items("id")).containsExactly(gas.toString());
        assertThat(search("位0").items("id")).isEmpty();
    }

    @Test
    void a_text_without_two_letters_or_digits_in_a_row_is_looked_for_in_the_last_week_only() {
        report(gas, TODAY, "水位 0% 正常");

        assertThat(search("0%").items("id")).containsExactly(gas.toString());
        assertThat(search("积").items("id")).containsExactly(flood.toString());
    }

    @Test
    void of_the_incidents_that_hold_a_text_those_written_about_last_count() {
        UUID newest = stored.incident(TODAY.plusSeconds(60)).rest(4).store();
        report(newest, TODAY.plusSeconds(60), "北桥又积水");
        report(flood, IN_JUNE, "北桥");

        assertThat(withWords("北桥", "2026-01-01", 2)).containsExactly(newest, flood);
        assertThat(withWords("北桥", "2026-01-01", 3)).containsExactly(newest, flood, flood);
        assertThat(withWords("北桥", "2026-01-01", 10)).contains(old);
        assertThat(withWords("北桥", IN_JUNE.plusSeconds(1).toString(), 10)).containsExactly(newest, flood);
        assertThat(withWords("北桥", "2100-01-01", 10)).isEmpty();
    }

    @Test
    void what_means_something_in_a_pattern_is_looked_for_as_it_is() {
        report(gas, TODAY, "A\\B\n第二行 50%_");

        for (String words : List.of("a\\b", "b\n第二", "50%_", "50%")) {
            assertThat(search(words).items("id")).as(words).containsExactly(gas.toString());
        }
        for (String words : List.of("ab", "a\\\\b", "5%_", "b第二")) {
            assertThat(search(words).items("id")).as(words).isEmpty();
        }
    }

    private List<UUID> withWords(String words, String since, int most) {
        return stored.jdbc()
                .sql("""
                        select set_config('city_brain.unit', '50', false), dispatch.incidents_with_words(:words, :since::timestamptz, :most) as id
                        """)
                .param("words", words)
                .param("since", since)
                .param("most", most)
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    @Test
    void a_search_and_the_filters_all_have_to_hold() {
        assertThat(api.get("/v1/incidents?q=%E5%8C%97%E6%A1%A5%E7%A7%AF&from=2026-07-01T00:00:00Z")
                        .items("id"))
                .isEmpty();
        assertThat(api.get("/v1/incidents?q=gas.leak&unit=500117&from=2026-07-01T00:00:00Z")
                        .items("id"))
                .containsExactly(gas.toString());
        assertThat(api.get("/v1/incidents?q=gas.leak&level=I").items("id")).isEmpty();
    }

    @Test
    void what_somebody_does_not_see_they_do_not_find() {
        String district = Infrastructure.shared().issuer().token("district-operator", "500117", "OPERATOR");

        assertThat(api.getAs(district, "/v1/incidents?q=" + encoded("积水严重")).items("id"))
                .isEmpty();
        assertThat(api.getAs(district, "/v1/incidents?q=" + encoded("疏散到")).items("id"))
                .containsExactly(gas.toString());
        assertThat(api.getAs(district, "/v1/incidents?q=" + encoded("渝北")).items("id"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%20", "%00", "x&q=y"})
    void an_empty_text_is_refused(String text) {
        assertThat(api.get("/v1/incidents?q=" + text).json().get("parameter").asString())
                .isEqualTo("q");
    }

    @ParameterizedTest
    @CsvSource({"q, true", "qq, true", "Qq被, true", "q被q, false", "被, true", "qqqqq, false", "'', true"})
    void a_text_is_in_another_by_letters_exactly_if_it_is_in_it(String words, boolean isIn) {
        assertThat(stored.jdbc()
                        .sql("select dispatch.by_letters('积qqQQ被困') ilike '%' || dispatch.by_letters(:words) || '%'")
                        .param("words", words)
                        .query(Boolean.class)
                        .single())
                .isEqualTo(isIn);
    }

    @Test
    void a_text_is_found_by_its_index() {
        stored.jdbc()
                .sql("""
                        insert into dispatch.report (received_at, report_id, outcome, incident_id, source_kind, source_id, type, occurred_at,
                            location, grid_code, report)
                        select :at::timestamptz + n * interval '1 second', gen_random_uuid(), 'MERGED', :incident, 'CITIZEN', 'app', 'gas.leak', :at,
                            st_setsrid(st_makepoint(106.55, 29.55), 4326), :grid,
                            json_build_object('report', json_build_object('description', md5(n::text) || ' 路灯不亮' || md5((n * 7)::text)))
                        from generate_series(1, 20000) n
                        """)
                .param("at", TODAY.minus(Duration.ofHours(8)).atOffset(ZoneOffset.UTC))
                .param("incident", gas)
                .param("grid", Stored.OTHER_GRID)
                .update();
        stored.jdbc().sql("vacuum analyze dispatch.report").update();

        List<Long> found = stored.jdbc()
                .sql("""
                        with found as materialized (
                            select set_config('city_brain.unit', '50', false), dispatch.incidents_with_words('积水', '2026-07-01', 10))
                        select count(*) as incidents,
                               (select seq_scan from pg_stat_xact_all_tables where relid = 'dispatch.report_2026_07'::regclass) as whole,
                               pg_stat_get_xact_numscans('dispatch.report_2026_07_by_letters_idx'::regclass) as by_index
                        from found
                        """)
                .query((row, i) -> List.of(row.getLong("incidents"), row.getLong("whole"), row.getLong("by_index")))
                .single();

        assertThat(found)
                .as("incidents, times the month was read whole, times its index was asked")
                .containsExactly(1L, 0L, 1L);
        assertThat(search("积水严重").items("id")).containsExactly(flood.toString());
    }

    private Answer search(String text) {
        Answer answer = api.get("/v1/incidents?q=" + encoded(text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private void report(UUID incident, Instant at, String description) {
        UUID id = UUID.randomUUID();
        stored.report(id, at, "MERGED", incident, null);
        stored.jdbc()
                .sql(
                        "update dispatch.report set report = json_build_object('report', json_build_object('description', :text::text)) where report_id = :id")
                .param("text", description)
                .param("id", id)
                .update();
    }

    private void note(UUID incident, Instant at, String text) {
        stored.event(incident, "NOTED", at, 1, null);
        stored.jdbc()
                .sql(
                        "update dispatch.incident_event set detail = json_build_object('text', :text::text) where incident_id = :id")
                .param("text", text)
                .param("id", incident)
                .update();
    }

    private List<String> ids(String names) {
        return List.of(names.isBlank() ? new String[0] : names.split(" ")).stream()
                .map(name -> switch (name) {
                    case "flood" -> flood.toString();
                    case "gas" -> gas.toString();
                    default -> old.toString();
                })
                .toList();
    }
}
