package org.citybrain.grid.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.citybrain.grid.RunningGridService;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RosterTest extends RunningGridService {

    private static final String SHIFT =
            "{\"unit\": \"500103\", \"duty\": \"OPERATOR\", \"shiftStarts\": \"22:00\", \"shiftEnds\": \"06:00\"}";
    private static final String THERE =
            Infrastructure.shared().issuer().token("district-operator", "500105", "OPERATOR");
    private static final String ADMIN_THERE =
            Infrastructure.shared().issuer().token("district-admin", "500105", "ADMIN");

    @Test
    void an_account_is_put_on_a_roster_moved_and_taken_off_and_each_change_is_audited() {
        long changes = changes();

        assertThat(send(ADMINISTRATOR, "PUT", "/v1/staff/night-watch", SHIFT).status())
                .isEqualTo(200);
        JsonNode member = get("/v1/staff/night-watch").body();
        assertThat(member.get("unit").asString()).isEqualTo("500103");
        assertThat(member.get("shiftStarts").asString()).isEqualTo("22:00:00");
        send(ADMINISTRATOR, "PUT", "/v1/staff/night-watch", SHIFT.replace("22:00", "21:00"));
        assertThat(get("/v1/staff/night-watch").body().get("shiftStarts").asString())
                .isEqualTo("21:00:00");
        assertThat(send(ADMINISTRATOR, "DELETE", "/v1/staff/night-watch", "").status())
                .isEqualTo(204);
        assertThat(get("/v1/staff/night-watch").status()).isEqualTo(404);

        assertThat(changes()).isEqualTo(changes + 3);
        assertThat(database()
                        .sql(
                                "select action from audit.line where object = 'night-watch' and actor = 'admin' order by sequence")
                        .query(String.class)
                        .list())
                .containsExactly("staff.put", "staff.put", "staff.remove");
    }

    @Test
    void a_department_is_registered_changed_and_removed() {
        String body = "{\"name\": \"消防救援支队\", \"unit\": \"500103\"}";

        assertThat(send(ADMINISTRATOR, "PUT", "/v1/departments/fire", body).status())
                .isEqualTo(200);
        assertThat(get("/v1/departments/fire").body().get("name").asString()).isEqualTo("消防救援支队");
        assertThat(get("/v1/departments?unit=500103").text()).contains("fire");
        assertThat(send(THERE, "GET", "/v1/departments/fire", "").status()).isEqualTo(404);
        assertThat(send(ADMIN_THERE, "DELETE", "/v1/departments/fire", "").status())
                .isEqualTo(404);
        assertThat(send(ADMINISTRATOR, "DELETE", "/v1/departments/fire", "").status())
                .isEqualTo(204);
    }

    @Test
    void an_operator_reads_the_rosters_of_the_own_subtree_only() {
        JsonNode items = send(THERE, "GET", "/v1/staff?limit=1000", "").body().get("items");

        assertThat(items.size()).isPositive();
        assertThat(items.valueStream())
                .allMatch(member -> member.get("unit").asString().startsWith("500105"));
        assertThat(send(THERE, "GET", "/v1/staff?unit=500103", "").status()).isEqualTo(404);
        assertThat(send(THERE, "GET", "/v1/staff/operator-500103-1", "").status())
                .isEqualTo(404);
        assertThat(get("/v1/staff/operator-500103-1").status()).isEqualTo(200);
    }

    @Test
    void the_pages_of_a_roster_meet_every_account_once() {
        JsonNode first = get("/v1/staff?limit=2").body();
        JsonNode second = get("/v1/staff?limit=2&cursor="
                        + first.get("nextCursor").asString())
                .body();

        assertThat(first.get("items").size()).isEqualTo(2);
        assertThat(second.at("/items/0/account").asString())
                .isGreaterThan(first.at("/items/1/account").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"duty": "OPERATOR", "shiftStarts": "08:00", "shiftEnds": "16:00"}                                 | 400 | BAD_BODY
            {"unit": "500199", "duty": "OPERATOR", "shiftStarts": "08:00", "shiftEnds": "16:00"}               | 404 | UNKNOWN_UNIT
            {"unit": "5001", "duty": "OPERATOR", "shiftStarts": "08:00", "shiftEnds": "16:00"}                 | 400 | BAD_UNIT_CODE
            {"unit": "500103", "duty": "MAYOR", "shiftStarts": "08:00", "shiftEnds": "16:00"}                  | 400 | BAD_BODY
            {"unit": "500103", "duty": "OPERATOR", "shiftStarts": "25:00", "shiftEnds": "16:00"}               | 400 | BAD_BODY
            {"unit": "500103", "duty": "OPERATOR", "shiftStarts": "08:00", "shiftEnds": "16:00", "name": "Li"} | 400 | BAD_BODY
            {"unit":                                                                                           | 400 | BAD_BODY
            """)
    void what_cannot_be_is_refused_with_a_reason(String body, int status, String reason) {
        Answer answer = send(ADMINISTRATOR, "PUT", "/v1/staff/somebody", body);

        assertThat(answer.text()).contains("\"reason\":\"" + reason + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(get("/v1/staff/somebody").status()).isEqualTo(404);
    }

    private static long changes() {
        return database()
                .sql("select number from grid.roster_change")
                .query(Long.class)
                .single();
    }
}
