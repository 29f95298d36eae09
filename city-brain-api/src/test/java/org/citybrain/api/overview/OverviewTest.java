package org.citybrain.api.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citybrain.api.running.Plan;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OverviewTest {

    private static final Instant NOW = RunningApi.NOW;
    private static final Instant FROM = NOW.minus(Duration.ofHours(30));
    private static final Instant TO = NOW.minus(Duration.ofMinutes(7));
    private static final String SPAN = "from=" + FROM + "&to=" + TO;

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_figures_equal_those_that_are_counted_by_hand(long seed) {
        History history = History.make(seed, 60, NOW.minus(Duration.ofHours(40)), Duration.ofHours(40));
        history.store(stored);
        CountByHand byHand = new CountByHand(history);

        for (String unit : List.of("50", "500112", "500117101")) {
            JsonNode overview = get("unit=" + unit + "&" + SPAN);
            assertThat(figures(overview.get("figures"))).as(unit).isEqualTo(byHand.figures(unit, FROM, TO));
            assertThat(overview.at("/open/count").asLong()).as(unit).isEqualTo(byHand.open(unit));
            for (JsonNode child : overview.get("units")) {
                String code = child.at("/unit/code").asString();
                assertThat(figures(child.get("figures"))).as(code).isEqualTo(byHand.figures(code, FROM, TO));
                assertThat(child.get("open").asLong()).as(code).isEqualTo(byHand.open(code));
            }
            for (JsonNode period : overview.get("periods")) {
                Instant from = Instant.parse(period.get("from").asString());
                Instant to = Instant.parse(period.get("to").asString());
                assertThat(figures(period.get("figures")))
                        .as(from.toString())
                        .isEqualTo(byHand.figures(unit, from, to));
            }
        }
        assertThat(get("unit=50&" + SPAN).at("/figures/closed").asLong())
                .as("the history is not empty")
                .isPositive();
    }

    @Test
    void the_units_below_are_all_there_whether_anything_happened_in_them_or_not() {
        assertThat(get("unit=50")
                        .get("units")
                        .valueStream()
                        .map(unit -> unit.at("/unit/name").asString()))
                .containsExactly("渝北区", "合川区");
        assertThat(get("unit=" + Stored.GRID).get("units").isEmpty()).isTrue();
    }

    @Test
    void where_nothing_happened_there_is_no_rate() {
        JsonNode figures = get("").get("figures");

        assertThat(figures.get("opened").asLong()).isZero();
        for (String rate : List.of("closingRate", "onTimeRate", "reworkRate", "medianSecondsToResolve")) {
            assertThat(figures.get(rate).isNull()).as(rate).isTrue();
        }
    }

    @Test
    void what_is_open_is_told_by_level_scope_and_tier_of_command_and_how_long() {
        Instant oldest = NOW.minus(Duration.ofDays(20));
        stored.incident(oldest).level("III").store();
        stored.incident(NOW.minusSeconds(60)).level("III").store();
        stored.incident(NOW.minusSeconds(50)).everyday("city.street-lamp", "R2").store();
        stored.incident(NOW.minusSeconds(40)).status("CLOSED").store();

        JsonNode open = get("unit=500112").get("open");

        assertThat(open.get("count").asLong()).isEqualTo(3);
        assertThat(open.get("byLevel").toString()).isEqualTo("{\"III\":2}");
        assertThat(open.get("byScope").toString()).isEqualTo("{\"R2\":1}");
        assertThat(open.get("byCommandingTier").toString()).isEqualTo("{\"CITY\":3}");
        assertThat(open.get("oldestOpenedAt").asString()).isEqualTo(oldest.toString());
    }

    @Test
    void hours_and_days_are_those_of_the_city() {
        JsonNode days = get("from=2026-07-10T00:00:00Z&to=2026-07-15T00:00:00Z");

        assertThat(days.get("periods")
                        .valueStream()
                        .map(period -> period.get("from").asString()))
                .containsExactly(
                        "2026-07-10T00:00:00Z",
                        "2026-07-10T16:00:00Z",
                        "2026-07-11T16:00:00Z",
                        "2026-07-12T16:00:00Z",
                        "2026-07-13T16:00:00Z",
                        "2026-07-14T16:00:00Z");
        assertThat(get("from=2026-07-15T08:30:00Z&to=2026-07-15T10:00:00Z")
                        .get("periods")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void a_person_is_answered_for_their_own_unit_and_what_lies_in_it() {
        History.make(5, 30, NOW.minus(Duration.ofHours(20)), Duration.ofHours(20))
                .store(stored);
        String district = token("district-operator", "500112", "OPERATOR");
        String analyst = token("analyst", "500112", "ANALYST");

        assertThat(api.getAs(district, "/v1/overview?unit=500117").status()).isEqualTo(404);
        assertThat(api.getAs(district, "/v1/overview?unit=50").status()).isEqualTo(404);
        JsonNode own = api.getAs(district, "/v1/overview").json();
        assertThat(own.at("/unit/code").asString()).isEqualTo("500112");
        assertThat(own.at("/figures/opened").asLong()).isPositive();
        assertThat(api.getAs(analyst, "/v1/overview").json())
                .as("figures for analysts")
                .isEqualTo(own);
        assertThat(api.getAs(analyst, "/v1/incidents").status()).isEqualTo(403);
        assertThat(api.getAs(analyst, "/v1/overview?unit=500117").status()).isEqualTo(404);
    }

    @Test
    void a_department_counts_what_it_sees() {
        stored.incident(NOW.minusSeconds(60)).store();
        String department =
                Infrastructure.shared().issuer().tokenOfDepartment("water-officer", "500112", "500112-water");

        JsonNode overview = api.getAs(department, "/v1/overview").json();
        JsonNode heat =
                api.getAs(department, "/v1/heat-map?tier=STREET&hours=24").json();

        assertThat(overview.at("/open/count").asLong()).isEqualTo(1);
        assertThat(overview.at("/figures/opened").asLong()).isEqualTo(1);
        assertThat(heat.at("/units/0/incidents").asLong()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    unit=5001                                                 | unit
                    from=2026-07-15T00:00:00Z&to=2026-07-14T00:00:00Z         | from
                    from=2026-05-15T00:00:00Z&to=2026-07-14T00:00:00Z         | from
                    from=2026-07-01T00:00:00Z&to=2026-07-14T00:00:00Z&by=hour | by
                    by=minute                                                 | by
                    """)
    void a_bad_parameter_is_refused(String query, String parameter) {
        Answer answer = api.get("/v1/overview?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
    }

    @Test
    void much_takes_as_many_statements_as_nothing() {
        long nothing = api.statementsOf("/v1/overview");
        History.make(6, 50, NOW.minus(Duration.ofHours(20)), Duration.ofHours(20))
                .store(stored);

        assertThat(api.statementsOf("/v1/overview")).isEqualTo(nothing);
    }

    @Test
    void the_lines_of_a_span_are_found_by_their_own_index() {
        History.make(7, 400, NOW.minus(Duration.ofDays(13)), Duration.ofDays(13))
                .store(stored);
        stored.jdbc().sql("analyze dispatch.incident_event").update();
        stored.jdbc().sql("analyze dispatch.incident").update();

        Plan plan = Plan.of(
                api.database(),
                OverviewQueries.LINES,
                statement -> statement
                        .param("unit", "50")
                        .param("childDigits", 6)
                        .param("step", "hour")
                        .param("from", NOW.minusSeconds(3600).atOffset(java.time.ZoneOffset.UTC))
                        .param("to", NOW.atOffset(java.time.ZoneOffset.UTC)));

        assertThat(plan.root().toString()).contains("incident_event_2026_07_recorded_at_idx");
    }

    @Test
    void the_heat_map_counts_each_incident_where_it_lies() {
        stored.incident(NOW.minusSeconds(60))
                .grids(Stored.GRID, Stored.OTHER_GRID)
                .store();
        var late = stored.incident(NOW.minusSeconds(3600))
                .rest(1)
                .grids(Stored.GRID)
                .store();
        stored.task(late, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
        stored.task(late, "500112001001", "EXECUTE", "DISPATCHED", 2);
        stored.incident(NOW.minusSeconds(50)).rest(2).status("CLOSED").store();
        stored.incident(NOW.minusSeconds(40)).rest(3).status("MERGED").store();
        stored.incident(NOW.minus(Duration.ofHours(25))).rest(4).store();

        JsonNode spot = api.get("/v1/heat-map?tier=STREET&hours=24").json().get("units");

        assertThat(spot.toString()).isEqualTo("""
                [{"code":"500112001","name":"双凤桥街道","incidents":3,"open":2,"overdue":1,"peopleAffected":1920,\
                "centre":{"longitude":106.55,"latitude":29.55}}]""");
        assertThat(api.getAs(token("analyst", "50", "ANALYST"), "/v1/heat-map?tier=STREET&hours=24")
                        .json()
                        .get("units"))
                .isEqualTo(spot);
        assertThat(api.getAs(token("district-operator", "500117", "OPERATOR"), "/v1/heat-map?tier=GRID")
                        .json()
                        .at("/units/0/incidents")
                        .asLong())
                .as("sees the one that touches its own district")
                .isEqualTo(1);
        assertThat(api.get("/v1/heat-map?tier=MICRO_GRID").reason()).isEqualTo("BAD_PARAMETER");
        assertThat(api.get("/v1/heat-map?hours=169").reason()).isEqualTo("BAD_PARAMETER");
    }

    private JsonNode get(String query) {
        Answer answer = api.get("/v1/overview?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Figures figures(JsonNode json) {
        return MessageJson.MAPPER.treeToValue(json, Figures.class);
    }

    private static String token(String name, String unit, String role) {
        return Infrastructure.shared().issuer().token(name, unit, role);
    }
}
