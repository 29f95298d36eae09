package org.citybrain.api.department;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Scores over HTTP, from lines of timelines on real PostGIS. */
class ScoresTest {

    private static final Instant WHISTLED_AT = RunningApi.NOW.minus(Duration.ofDays(3));
    private static final String STREET = "500112001";
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private UUID here;
    private UUID there;

    @BeforeEach
    void store() {
        stored.department("500112-fire", "渝北区消防救援支队", "500112");
        stored.department("500112-water", "渝北区水利局", "500112");
        stored.department("500117-water", "合川区水利局", "500117");
        stored.department("50-water", "重庆市水利局", "50");
        here = stored.incident(WHISTLED_AT).rest(1).grids(Stored.GRID).store();
        there = stored.incident(WHISTLED_AT).rest(2).grids(Stored.OTHER_GRID).store();
        whistle(1, here, "500112-water", STREET, WHISTLED_AT);
        checkIn(1, here, "500112-water", STREET, WHISTLED_AT.plus(Duration.ofMinutes(20)));
        line(here, "SERVED", 1, "500112-water", STREET, WHISTLED_AT.plus(Duration.ofHours(1)), "");
        line(
                here,
                "RATED",
                1,
                "500112-water",
                STREET,
                WHISTLED_AT.plus(Duration.ofHours(2)),
                ", \"rating\": \"INEFFECTIVE\"");
        whistle(2, here, "500112-water", Stored.GRID, WHISTLED_AT.plusSeconds(60));
        checkIn(2, here, "500112-water", Stored.GRID, WHISTLED_AT.plus(Duration.ofHours(3)));
        whistle(3, here, "500112-fire", STREET, WHISTLED_AT.plusSeconds(120));
        line(here, "ABSENT", 3, "500112-fire", STREET, WHISTLED_AT.plus(Duration.ofDays(2)), "");
        whistle(4, there, "50-water", "500117101", WHISTLED_AT);
        checkIn(4, there, "50-water", "500117101", WHISTLED_AT.plusSeconds(60));
        whistle(5, here, "50-water", STREET, WHISTLED_AT.plusSeconds(180));
        stored.event(here, "OPENED", WHISTLED_AT, 1, UUID.randomUUID());
    }

    @Test
    void scores_are_added_up_from_the_lines_and_say_by_which_policy() {
        Answer answer = api.get("/v1/departments/scores");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(summary(answer))
                .containsExactly(
                        "50-water summoned 2 onTime 1 late 0 absent 0 waiting 1 ineffective 0 points 100 score 100.0",
                        "500112-fire summoned 1 onTime 0 late 0 absent 1 waiting 0 ineffective 0 points 0 score 0.0",
                        "500112-water summoned 2 onTime 1 late 1 absent 0 waiting 0 ineffective 1 points 120 score 60.0");
        assertThat(answer.json().get("policies").toString())
                .isEqualTo(
                        "[{\"version\":1,\"points\":{\"onTime\":100,\"late\":50,\"absent\":0,\"ineffective\":-30}}]");
        assertThat(answer.json().get("from").asString()).isEqualTo("2026-06-15T10:20:30Z");
        assertThat(api.statementsOf("/v1/departments/scores")).isEqualTo(1);
    }

    @Test
    void a_score_can_be_asked_for_by_department_unit_and_time_of_the_whistle() {
        assertThat(summary(api.get("/v1/departments/scores?department=500112-fire")))
                .hasSize(1)
                .allMatch(line -> line.startsWith("500112-fire"));
        assertThat(summary(api.get("/v1/departments/scores?unit=" + Stored.GRID)))
                .containsExactly(
                        "500112-water summoned 1 onTime 0 late 1 absent 0 waiting 0 ineffective 0 points 50 score 50.0");
        // Whistled before the period, checked in within it: not of the period.
        assertThat(summary(api.get("/v1/departments/scores?from=" + WHISTLED_AT.plusSeconds(1) + "&to="
                        + WHISTLED_AT.plusSeconds(61))))
                .containsExactly(
                        "500112-water summoned 1 onTime 0 late 1 absent 0 waiting 0 ineffective 0 points 50 score 50.0");
    }

    @Test
    void the_lines_behind_a_number_are_there_and_add_up() {
        Answer answer = api.get("/v1/departments/500112-water/scores/lines");

        assertThat(answer.items("outcome")).containsExactly("ON_TIME", "LATE");
        assertThat(answer.items("points")).containsExactly("70", "50");
        JsonNode first = answer.json().at("/items/0");
        assertThat(first.get("incidentNumber").asString()).startsWith("20260712-");
        assertThat(first.get("incidentId").asString()).isEqualTo(here.toString());
        assertThat(first.at("/whistledBy/name").asString()).isEqualTo("双凤桥街道");
        assertThat(first.get("whistledAt").asString()).isEqualTo("2026-07-12T10:20:30Z");
        assertThat(first.get("dueAt").asString()).isEqualTo("2026-07-12T10:50:30Z");
        assertThat(first.get("checkedInAt").asString()).isEqualTo("2026-07-12T10:40:30Z");
        assertThat(first.get("recordedAt").asString()).isEqualTo("2026-07-12T10:40:35Z");
        assertThat(first.get("served").asBoolean()).isTrue();
        assertThat(first.get("rating").asString()).isEqualTo("INEFFECTIVE");
        assertThat(api.get("/v1/departments/500112-water/scores/lines?outcome=LATE")
                        .items("outcome"))
                .containsExactly("LATE");
        assertThat(api.get("/v1/departments/500112-nobody/scores/lines").items("outcome"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/departments/scores?", "/v1/departments/500112-water/scores/lines?", "/v1/departments?"})
    void walking_the_pages_meets_each_once(String path) {
        List<JsonNode> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get(path + "limit=1" + cursor);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json().get("items").forEach(met::add);
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met)
                .isEqualTo(api.get(path + "limit=200")
                        .json()
                        .get("items")
                        .valueStream()
                        .toList())
                .hasSizeGreaterThan(1);
    }

    @Test
    void everybody_sees_the_whistles_of_their_own_subtree_and_a_department_its_own_alone() {
        assertThat(scoredAs("analyst", "500112", "ANALYST", null))
                .containsExactly("50-water 1", "500112-fire 1", "500112-water 2");
        assertThat(scoredAs("operator-there", "500117", "OPERATOR", null)).containsExactly("50-water 1");
        assertThat(scoredAs("admin", "50", "ADMIN", null))
                .containsExactly("50-water 2", "500112-fire 1", "500112-water 2");
        assertThat(scoredAs("street-operator", STREET, "OPERATOR", null))
                .containsExactly("50-water 1", "500112-fire 1", "500112-water 2");
        assertThat(scoredAs("water", "500112", "DEPARTMENT", "500112-water")).containsExactly("500112-water 2");
        assertThat(scoredAs("city-water", "50", "DEPARTMENT", "50-water")).containsExactly("50-water 2");
        assertThat(scoredAs("nobody", null, "OPERATOR", null)).isEmpty();
        String fire = ISSUER.tokenOfDepartment("fire", "500112", "500112-fire");
        assertThat(api.getAs(fire, "/v1/departments/500112-water/scores/lines").items("outcome"))
                .isEmpty();
        assertThat(api.getAs(fire, "/v1/departments/500112-fire/scores/lines").items("outcome"))
                .containsExactly("ABSENT");
    }

    @Test
    void who_has_no_business_with_scores_is_refused() {
        for (String role : List.of("GRID_WORKER", "INTEGRATOR")) {
            assertThat(api.getAs(ISSUER.token("somebody", Stored.GRID, role), "/v1/departments/scores")
                            .status())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-07-02T00:00:00Z&to=2026-07-02T00:00:00Z",
                "from=2026-01-01T00:00:00Z&to=2026-07-01T00:00:00Z",
                "from=yesterday",
                "unit=5",
                "department=",
                "cursor=YWJj!",
                "limit=0"
            })
    void a_bad_parameter_is_refused(String query) {
        assertThat(api.get("/v1/departments/scores?" + query).reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void departments_are_listed_with_their_open_summons() {
        Duration due = Duration.ofMinutes(30);
        stored.checkIn(
                here, "500112-water", "SUMMONED", RunningApi.NOW.minus(due).minusSeconds(1));
        stored.checkIn(
                there, "500112-water", "SERVED", RunningApi.NOW.minus(due).minusSeconds(1));
        stored.checkIn(
                stored.incident(WHISTLED_AT).rest(3).store(),
                "500112-water",
                "SUMMONED",
                RunningApi.NOW.minus(due).plusSeconds(1));

        Answer answer = api.get("/v1/departments");
        assertThat(answer.items("code")).containsExactly("50-water", "500112-fire", "500112-water", "500117-water");
        JsonNode water = answer.json().at("/items/2");
        assertThat(water.toString())
                .isEqualTo(
                        "{\"code\":\"500112-water\",\"name\":\"渝北区水利局\",\"unit\":{\"code\":\"500112\",\"name\":\"渝北区\","
                                + "\"tier\":\"DISTRICT\"},\"open\":3,\"overdue\":1}");
        assertThat(api.get("/v1/departments?unit=" + Stored.GRID).items("code"))
                .containsExactly("50-water", "500112-fire", "500112-water");
        assertThat(api.getAs(ISSUER.token("worker", Stored.GRID, "GRID_WORKER"), "/v1/departments")
                        .items("code"))
                .containsExactly("50-water", "500112-fire", "500112-water");
        assertThat(api.getAs(ISSUER.token("analyst", "50", "ANALYST"), "/v1/departments")
                        .items("open"))
                .containsExactly("0", "0", "3", "0");
    }

    private List<String> scoredAs(String name, String unit, String role, String department) {
        String token =
                department == null ? ISSUER.token(name, unit, role) : ISSUER.tokenOfDepartment(name, unit, department);
        Answer answer = api.getAs(token, "/v1/departments/scores");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .get("items")
                .valueStream()
                .map(item -> item.at("/department/code").asString() + " "
                        + item.get("summoned").asString())
                .toList();
    }

    private static List<String> summary(Answer answer) {
        return answer.json()
                .get("items")
                .valueStream()
                .map(item -> item.at("/department/code").asString()
                        + List.of("summoned", "onTime", "late", "absent", "waiting", "ineffective", "points", "score")
                                .stream()
                                .map(field ->
                                        " " + field + " " + item.get(field).asString())
                                .reduce("", String::concat))
                .toList();
    }

    private void whistle(long number, UUID incident, String department, String unit, Instant at) {
        line(incident, "WHISTLED", number, department, unit, at, """
                , "dueAt": "%s", "policyVersion": 1, "points": {"onTime": 100, "late": 50, "absent": 0, "ineffective": -30}""".formatted(at.plus(Duration.ofMinutes(30))));
    }

    private void checkIn(long number, UUID incident, String department, String unit, Instant at) {
        line(
                incident,
                "CHECKED_IN",
                number,
                department,
                unit,
                at.plusSeconds(5),
                ", \"at\": \"" + at + "\", \"outsideSurroundings\": false");
    }

    private void line(
            UUID incident, String kind, long number, String department, String unit, Instant at, String more) {
        stored.departmentLine(
                incident,
                kind,
                at,
                "{\"id\": \"%s\", \"department\": {\"code\": \"%s\", \"name\": \"%s\"}, \"whistledUnit\": \"%s\"%s}"
                        .formatted(new UUID(1, number), department, department, unit, more));
    }
}
