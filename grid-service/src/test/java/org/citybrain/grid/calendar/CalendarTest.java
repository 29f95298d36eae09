package org.citybrain.grid.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import org.citybrain.grid.RunningGridService;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CalendarTest extends RunningGridService {

    private static final String ADMIN_THERE =
            Infrastructure.shared().issuer().token("district-admin", "500105", "ADMIN");
    private static final String ADMIN_ELSEWHERE =
            Infrastructure.shared().issuer().token("neighbours-admin", "500103", "ADMIN");
    private static final String OFFICE = """
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "18:00"}]},
             "days": {"2026-10-05": []}}
            """;

    @Test
    void a_unit_takes_the_nearest_calendar_above_it_from_its_day_on_and_each_change_is_audited() {
        String street =
                get("/v1/units/500103/children").body().at("/items/0/code").asString();
        String path = "/v1/units/" + street + "/calendar";
        assertThat(get(path + "?at=2025-12-31").body().get("always").asBoolean())
                .isTrue();
        long changes = changes();

        assertThat(send(ADMINISTRATOR, "PUT", "/v1/units/500103/calendar", OFFICE)
                        .status())
                .isEqualTo(200);

        JsonNode inherited = get(path + "?at=2026-07-01").body();
        assertThat(inherited.get("calendarOf").asString()).isEqualTo("500103");
        assertThat(inherited.at("/hours/MONDAY/1/to").asString()).isEqualTo("18:00");
        assertThat(inherited.at("/days/2026-10-05").size()).isZero();
        send(ADMINISTRATOR, "PUT", path, OFFICE.replace("2026-01-01", "2026-07-02"));
        assertThat(get(path + "?at=2026-07-01").body().get("calendarOf").asString())
                .isEqualTo("500103");
        assertThat(get(path + "?at=2026-07-02").body().get("calendarOf").asString())
                .isEqualTo(street);
        assertThat(get("/v1/units/500105/calendar").body().get("always").asBoolean())
                .isTrue();
        assertThat(changes()).isEqualTo(changes + 2);
        assertThat(database()
                        .sql(
                                "select object from audit.line where action = 'calendar.put' and object like '500103%' order by sequence")
                        .query(String.class)
                        .list())
                .containsExactly("500103", street);
    }

    @Test
    void a_calendar_ends_on_its_day_and_what_held_before_stays() {
        String street =
                get("/v1/units/500105/children").body().at("/items/0/code").asString();
        String community = get("/v1/units/" + street + "/children")
                .body()
                .at("/items/0/code")
                .asString();
        String path = "/v1/units/" + community + "/calendar";
        send(ADMINISTRATOR, "PUT", "/v1/units/" + street + "/calendar", OFFICE);
        send(ADMINISTRATOR, "PUT", path, OFFICE);
        send(ADMINISTRATOR, "PUT", path, OFFICE.replace("2026-01-01", "2099-03-01"));
        long changes = changes();

        assertThat(send(ADMINISTRATOR, "DELETE", path + "?effectiveFrom=2098-05-01", "")
                        .status())
                .isEqualTo(204);

        assertThat(calendarOf(path, "2098-04-30")).isEqualTo(community);
        assertThat(calendarOf(path, "2098-05-01")).isEqualTo(street);
        assertThat(calendarOf(path, "2099-03-01")).as("planned, and gone").isEqualTo(street);
        assertThat(changes()).isEqualTo(changes + 1);
        assertThat(send(ADMINISTRATOR, "DELETE", path + "?effectiveFrom=2098-05-01", "")
                        .text())
                .as("it has none from then on")
                .contains("UNKNOWN_CALENDAR");
        assertThat(send(ADMINISTRATOR, "DELETE", path + "?effectiveFrom=2025-12-31", "")
                        .text())
                .as("history stays")
                .contains("BEFORE_VERSION_IN_FORCE");
        assertThat(send(ADMIN_ELSEWHERE, "DELETE", path, "").status()).isEqualTo(404);
        assertThat(database()
                        .sql("select object from audit.line where action = 'calendar.end'")
                        .query(String.class)
                        .list())
                .containsExactly(community);
        send(ADMINISTRATOR, "PUT", path, OFFICE.replace("2026-01-01", "2098-06-01"));
        assertThat(calendarOf(path, "2098-05-31")).isEqualTo(street);
        assertThat(calendarOf(path, "2098-06-01")).isEqualTo(community);
    }

    /** A calendar that is told of later and held earlier does not come back where a later one has ended. */
    @Test
    void an_earlier_calendar_does_not_hold_again_where_a_later_one_has_ended() {
        String street =
                get("/v1/units/500105/children").body().at("/items/1/code").asString();
        String path = "/v1/units/" + street + "/calendar";
        send(ADMINISTRATOR, "PUT", path, OFFICE);
        send(ADMINISTRATOR, "DELETE", path + "?effectiveFrom=2098-05-01", "");
        send(ADMINISTRATOR, "PUT", path, OFFICE.replace("2026-01-01", "2025-01-01"));

        assertThat(calendarOf(path, "2025-06-01")).isEqualTo(street);
        assertThat(get(path + "?at=2098-05-01").body().get("always").asBoolean())
                .isTrue();
    }

    private String calendarOf(String path, String day) {
        return get(path + "?at=" + day).body().get("calendarOf").asString();
    }

    @Test
    void another_district_is_not_there_for_its_neighbours_administrator() {
        assertThat(send(ADMIN_THERE, "PUT", "/v1/units/500103/calendar", OFFICE).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"hours": {"MONDAY": [{"from": "09:00", "to": "18:00"}]}}                                                      | validFrom
            {"validFrom": "soon", "hours": {"MONDAY": [{"from": "09:00", "to": "18:00"}]}}                                 | validFrom
            {"validFrom": "+999999999-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "18:00"}]}}                     | validFrom
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [null]}}                                                       | hours/MONDAY
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "18:00"}]}, "days": {"2026-05-01": [null]}} | days/2026-05-01
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "18:00"}]}, "days": {"+999999999-01-01": []}} | days
            {"validFrom": "2026-01-01"}                                                                                    | hours
            {"validFrom": "2026-01-01", "hours": {"MONDAY": []}}                                                           | hours
            {"validFrom": "2026-01-01", "hours": {"monday": [{"from": "09:00", "to": "18:00"}]}}                           | hours
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "18:00", "to": "09:00"}]}}                           | hours/MONDAY
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "24:30"}]}}                           | hours/MONDAY
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "12:00"}, {"from": "11:00", "to": "18:00"}]}} | hours/MONDAY
            {"validFrom": "2026-01-01", "hours": {"MONDAY": [{"from": "09:00", "to": "18:00"}]}, "days": {"1 May": []}}    | days
            """)
    void what_cannot_be_is_refused_and_says_where(String body, String field) {
        Answer answer = send(ADMINISTRATOR, "PUT", "/v1/units/500103001/calendar", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"reason\":\"BAD_BODY\"").contains(field);
    }

    private static long changes() {
        return database()
                .sql("select number from grid.calendar_change")
                .query(Long.class)
                .single();
    }
}
