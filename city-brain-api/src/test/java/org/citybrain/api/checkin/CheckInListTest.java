package org.citybrain.api.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CheckInListTest {

    private static final Instant WHISTLED_AT = RunningApi.NOW.minus(Duration.ofDays(3));
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private UUID here;
    private UUID there;
    private Map<String, UUID> checkIns = Map.of();

    @BeforeEach
    void store() {
        here = stored.incident(WHISTLED_AT).rest(1).grids(Stored.GRID).store();
        there = stored.incident(WHISTLED_AT).rest(2).grids(Stored.OTHER_GRID).store();
        checkIns = Map.of(
                "rated", stored.checkIn(here, "500112-water", "RATED", WHISTLED_AT),
                "served", stored.checkIn(here, "500112-fire", "SERVED", WHISTLED_AT.plusSeconds(1)),
                "summoned", stored.checkIn(here, "50-water", "SUMMONED", WHISTLED_AT.plusSeconds(2)),
                "there", stored.checkIn(there, "50-water", "ABSENT", WHISTLED_AT.plusSeconds(3)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                            | there summoned served rated
                    status=OPEN                   | summoned served
                    status=RATED,ABSENT           | there rated
                    department=50-water           | there summoned
                    mine=false                    | there summoned served rated
                    """)
    void a_filter_leaves_what_it_names_the_last_summoned_first(String query, String expected) {
        assertThat(api.get("/v1/check-ins?" + query).items("id")).isEqualTo(ids(expected));
        assertThat(api.get("/v1/check-ins?incident=" + there).items("id")).isEqualTo(ids("there"));
    }

    @Test
    void whoever_sees_the_incident_sees_its_check_ins_and_a_department_all_of_its_own() {
        String district = ISSUER.token("district-operator", "500112", "OPERATOR");
        String cityWater = ISSUER.tokenOfDepartment("city-water", "500112", "50-water");

        assertThat(api.getAs(district, "/v1/check-ins").items("id")).isEqualTo(ids("summoned served rated"));
        assertThat(api.getAs(district, "/v1/check-ins/" + checkIns.get("there")).status())
                .isEqualTo(404);
        assertThat(api.getAs(cityWater, "/v1/check-ins").items("id")).isEqualTo(ids("there summoned served rated"));
        assertThat(api.getAs(cityWater, "/v1/check-ins?mine=true").items("id")).isEqualTo(ids("there summoned"));
        assertThat(api.getAs(cityWater, "/v1/check-ins/" + checkIns.get("there"))
                        .status())
                .isEqualTo(200);
        assertThat(api.getAs(ISSUER.token("analyst", "50", "ANALYST"), "/v1/check-ins")
                        .status())
                .isEqualTo(403);
        assertThat(api.getAs(ISSUER.token("nobody", null, "OPERATOR"), "/v1/check-ins")
                        .items("id"))
                .isEmpty();
    }

    @Test
    void mine_is_what_i_have_whistled_for_or_somebody_of_my_role_and_unit() {
        assertThat(mine("street-operator", "500112001", "OPERATOR")).hasSize(3);
        assertThat(mine("the-next-shift", "500112001", "OPERATOR")).hasSize(3);
        assertThat(mine("a-worker", "500112001", "GRID_WORKER")).isEmpty();
        assertThat(mine("district-operator", "500112", "OPERATOR")).isEmpty();
    }

    @Test
    void a_check_in_tells_all_that_came_of_it() {
        Answer answer = api.get("/v1/check-ins/" + checkIns.get("rated"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"4\"");
        JsonNode checkIn = answer.json();
        assertThat(checkIn.get("arrival").toString())
                .isEqualTo("{\"at\":\"2026-07-12T10:30:30Z\",\"by\":\"department\",\"location\":{\"longitude\":106.55,"
                        + "\"latitude\":29.55},\"metersAway\":12.5,\"outsideSurroundings\":false,\"late\":false}");
        assertThat(checkIn.at("/service/evidence").size()).isEqualTo(1);
        assertThat(checkIn.at("/rating/rating").asString()).isEqualTo("EFFECTIVE");
        JsonNode waiting = api.get("/v1/check-ins/" + checkIns.get("summoned")).json();
        for (String nothingYet : List.of("arrival", "service", "rating", "endedAt")) {
            assertThat(waiting.get(nothingYet).isNull()).as(nothingYet).isTrue();
        }
        assertThat(api.get("/v1/incidents/" + here).json().get("checkIns").findValuesAsString("status"))
                .containsExactly("RATED", "SERVED", "SUMMONED");
    }

    @Test
    void feedback_is_shown_with_its_incident() {
        stored.feedback(here, RunningApi.NOW);

        assertThat(api.get("/v1/incidents/" + here).json().get("feedback").toString())
                .isEqualTo(
                        "[{\"round\":1,\"solved\":true,\"satisfaction\":5,\"text\":\"quick and clean\",\"givenBy\":\"grid-worker\","
                                + "\"givenAs\":\"REPORTER\",\"givenAt\":\"2026-07-15T10:20:30Z\"}]");
        assertThat(api.get("/v1/incidents/" + there).json().get("feedback").isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 200})
    void walking_the_pages_meets_each_once(int limit) {
        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/v1/check-ins?limit=" + limit + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(ids("there summoned served rated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=DONE", "incident=7", "mine=yes", "department=", "cursor=YWJj", "limit=0"})
    void a_bad_parameter_is_refused(String query) {
        assertThat(api.get("/v1/check-ins?" + query).reason()).isEqualTo("BAD_PARAMETER");
    }

    private List<String> mine(String name, String unit, String role) {
        return api.getAs(ISSUER.token(name, unit, role), "/v1/check-ins?mine=true")
                .items("id");
    }

    private List<String> ids(String names) {
        return Stream.of(names.split(" "))
                .map(name -> checkIns.get(name).toString())
                .toList();
    }
}
