package org.citybrain.grid.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.citybrain.grid.RunningGridService;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResponsibilityTest extends RunningGridService {

    private static final String GRID = "500105001001001";
    private static final String ANALYST = Infrastructure.shared().issuer().token("analyst", "50", "ANALYST");

    @BeforeEach
    void three_departments() {
        department("r-city", "50");
        department("r-district", "500105");
        department("r-station", "500105");
        area("r-city-all", "r-city", "50", "");
        area("r-district-all", "r-district", "500105", ", \"incidentTypes\": [\"fire.building\", \"city.litter\"]");
        area("r-station-grid", "r-station", GRID, ", \"incidentTypes\": [\"fire.building\"]");
        area("r-station-street", "r-station", GRID.substring(0, 9), ", \"incidentTypes\": [\"fire.building\"]");
    }

    @AfterEach
    void end() {
        for (String area : List.of("r-city-all", "r-district-all", "r-station-grid", "r-station-street")) {
            send(ADMINISTRATOR, "DELETE", "/v1/responsibility-areas/" + area, "");
        }
    }

    @Test
    void the_department_with_the_smallest_area_comes_first_and_each_comes_once() {
        JsonNode answer = get(at(GRID) + "&type=fire.building").body();

        assertThat(departments(answer)).containsExactly("r-station", "r-district", "r-city");
        assertThat(answer.at("/items/0/area/id").asString()).isEqualTo("r-station-grid");
        assertThat(answer.at("/items/0/area/areaSquareKilometers").asDouble())
                .isPositive()
                .isLessThan(answer.at("/items/1/area/areaSquareKilometers").asDouble());
        assertThat(answer.at("/items/2/area/incidentTypes").isNull()).isTrue();
        assertThat(answer.at("/items/2/unit").asString()).isEqualTo("50");
    }

    @Test
    void who_does_not_answer_for_the_type_is_left_out() {
        assertThat(departments(get(at(GRID) + "&type=city.litter").body())).containsExactly("r-district", "r-city");
        assertThat(departments(get(at(GRID) + "&type=gas.leak").body())).containsExactly("r-city");
        assertThat(departments(get(at(GRID)).body())).containsExactly("r-station", "r-district", "r-city");
    }

    @Test
    void another_place_has_others() {
        assertThat(departments(
                        get(at("500103001003001") + "&type=fire.building").body()))
                .contains("r-city")
                .doesNotContain("r-station", "r-district");
    }

    @Test
    void who_answered_before_an_area_ended_is_still_said_as_of_then() {
        String before = get("/v1/responsibility-areas/r-station-grid")
                .body()
                .get("validFrom")
                .asString();
        send(ADMINISTRATOR, "DELETE", "/v1/responsibility-areas/r-station-grid", "");

        JsonNode now = get(at(GRID) + "&type=fire.building").body();

        assertThat(now.at("/items/0/area/id").asString()).isEqualTo("r-station-street");
        assertThat(departments(get(at(GRID) + "&at=" + before).body())).contains("r-station");
        assertThat(get(at(GRID) + "&at=" + before).body().at("/items/0/area/id").asString())
                .isEqualTo("r-station-grid");
    }

    @Test
    void whoever_is_signed_in_may_ask() {
        assertThat(send(ANALYST, "GET", at(GRID), "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/responsibilities                                                                  | 400 | BAD_DATUM
            /v1/responsibilities?datum=WGS84&latitude=29.5                                        | 400 | BAD_LOCATION
            /v1/responsibilities?datum=WGS84&longitude=106.57&latitude=29.55&type=fire.ship       | 404 | UNKNOWN_TYPE
            /v1/responsibilities?datum=WGS84&longitude=106.57&latitude=29.55&type=                | 404 | UNKNOWN_TYPE
            /v1/responsibilities?datum=WGS84&longitude=116.4&latitude=39.9                        | 404 | OUTSIDE_CITY
            /v1/responsibilities?datum=WGS84&longitude=106.57&latitude=29.55&at=soon              | 400 | BAD_INSTANT
            """)
    void a_question_that_cannot_be_answered_is_answered_with_one_reason(String path, int status, String reason) {
        Answer answer = get(path);

        assertThat(answer.text()).contains("\"reason\":\"" + reason + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private void department(String code, String unit) {
        assertThat(send(
                                ADMINISTRATOR,
                                "PUT",
                                "/v1/departments/" + code,
                                "{\"name\": \"" + code + "\", \"unit\": \"" + unit + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private void area(String id, String department, String unit, String more) {
        String border =
                get("/v1/units/" + unit + "/boundary").body().get("geometry").toString();
        Answer answer = send(
                ADMINISTRATOR,
                "PUT",
                "/v1/responsibility-areas/" + id,
                "{\"kind\": \"DUTY\", \"name\": \"" + id + "\", \"datum\": \"WGS84\", \"geometry\": " + border
                        + ", \"department\": \"" + department + "\"" + more + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static String at(String unit) {
        return database()
                .sql("select st_x(representative_point), st_y(representative_point) from grid.unit_view where code = ?")
                .param(unit)
                .query((row, number) -> "/v1/responsibilities?datum=WGS84&longitude=" + row.getDouble(1) + "&latitude="
                        + row.getDouble(2))
                .single();
    }

    /** Those of this test: others leave departments behind. */
    private static List<String> departments(JsonNode answer) {
        return answer.get("items")
                .valueStream()
                .map(item -> item.get("department").asString())
                .filter(code -> code.startsWith("r-"))
                .toList();
    }
}
