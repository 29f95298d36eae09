package org.citybrain.api.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionsTest {

    private static final String LIVE = "{\"events\": [\"CLOSED\"], \"channel\": \"LIVE\"}";

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private final String district = token("district-operator", "500112", "OPERATOR");
    private final String admin = token("admin", "50", "ADMIN");

    @Test
    void a_person_subscribes_for_their_own_unit_unless_they_say_otherwise() {
        Answer made = api.postAs(district, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().at("/subscription/units").toString()).isEqualTo("[\"500112\"]");
        assertThat(made.json().get("secret").isNull()).isTrue();
        assertThat(api.getAs(district, "/v1/subscriptions").items("channel")).containsExactly("LIVE");
    }

    @Test
    void the_same_request_again_is_the_same_subscription_and_another_one_is_refused() {
        Answer first = api.postAs(district, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1");
        Answer again = api.postAs(district, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1");
        Answer other = api.postAs(
                district,
                "/v1/subscriptions",
                "{\"events\": [\"OPENED\"], \"channel\": \"LIVE\"}",
                "Idempotency-Key",
                "k-1");

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(api.post("/v1/subscriptions", LIVE, "Idempotency-Key", "k-1").json())
                .as("a key of somebody else is another one")
                .isNotEqualTo(first.json());
        assertThat(api.postAs(district, "/v1/subscriptions", LIVE).reason()).isEqualTo("BAD_HEADER");
    }

    @Test
    void the_same_request_again_is_answered_as_before_also_when_the_person_has_moved() {
        Answer first = api.postAs(district, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1");
        String moved = token("district-operator", "500117", "OPERATOR");

        assertThat(api.postAs(moved, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1")
                        .json())
                .isEqualTo(first.json());
    }

    @Test
    void a_unit_that_is_not_theirs_is_not_there() {
        Answer answer = api.postAs(
                district,
                "/v1/subscriptions",
                "{\"units\": [\"500117\"], \"events\": [\"CLOSED\"], \"channel\": \"LIVE\"}",
                "Idempotency-Key",
                "k-1");

        assertThat(answer.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"channel": "LIVE"}                                                        | events
                    {"events": [], "channel": "LIVE"}                                          | events
                    {"events": ["CLOSED"], "channel": "LIVE", "types": [null]}                 | types
                    {"events": ["CLOSED"]}                                                     | channel
                    {"events": ["CLOSED"], "channel": "LIVE", "url": "https://duty.example"}   | url
                    {"events": ["CLOSED"], "channel": "WEBHOOK"}                               | url
                    {"events": ["CLOSED"], "channel": "LIVE", "types": ["Flood"]}              | types
                    {"events": ["CLOSED"], "channel": "LIVE", "units": ["5001"]}               | units
                    """)
    void what_is_wrong_is_named(String body, String field) {
        Answer answer = api.post("/v1/subscriptions", body, "Idempotency-Key", "k-1");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "levels", "scopes", "types", "units"})
    void a_list_with_null_is_refused(String field) {
        String body = "{\"" + field + "\": [null], \"channel\": \"LIVE\""
                + (field.equals("events") ? "}" : ", \"events\": [\"CLOSED\"]}");

        Answer answer = api.post("/v1/subscriptions", body, "Idempotency-Key", "k-1");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_BODY");
    }

    @Test
    void what_is_anothers_is_not_there_but_for_an_administrator() {
        String id = api.postAs(district, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1")
                .json()
                .at("/subscription/id")
                .asString();
        UUID notice = stored.notice(UUID.fromString(id), UUID.randomUUID(), "e-1", "{}");
        String other = token("other-operator", "500112", "OPERATOR");

        assertThat(api.getAs(other, "/v1/subscriptions/" + id + "/deliveries").status())
                .isEqualTo(404);
        assertThat(api.postAs(other, "/v1/notices/" + notice + "/receipt", "{}").status())
                .isEqualTo(404);
        assertThat(api.getAs(other, "/v1/subscriptions").items("id")).isEmpty();
        assertThat(api.getAs(admin, "/v1/subscriptions").items("id")).containsExactly(id);
        assertThat(api.getAs(admin, "/v1/subscriptions/" + id + "/deliveries").items("eventId"))
                .containsExactly("e-1");
        assertThat(api.send("DELETE", "/v1/subscriptions/" + id).status()).isEqualTo(200);
        assertThat(api.getAs(district, "/v1/subscriptions").items("id")).isEmpty();
    }

    @Test
    void notices_of_a_unit_that_a_person_has_left_are_not_shown_to_them_any_more() {
        String id = api.postAs(district, "/v1/subscriptions", LIVE, "Idempotency-Key", "k-1")
                .json()
                .at("/subscription/id")
                .asString();
        stored.notice(UUID.fromString(id), UUID.randomUUID(), "e-1", "{}");

        assertThat(api.getAs(district, "/v1/notices").items("eventId")).containsExactly("e-1");
        assertThat(api.getAs(token("district-operator", "500117", "OPERATOR"), "/v1/notices")
                        .items("eventId"))
                .isEmpty();
    }

    private static String token(String name, String unit, String role) {
        return Infrastructure.shared().issuer().token(name, unit, role);
    }
}
