package org.citybrain.api.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HandOverTest {

    private static final Instant NOW = RunningApi.NOW;
    private static final String WORDS = "{\"text\": \"the north gauge is being repaired\"}";

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private final String before = token("early-shift", "500112");
    private final String after = token("late-shift", "500112");

    @Test
    void how_things_stand_is_kept_beside_the_operators_words() {
        UUID late = stored.incident(NOW.minus(Duration.ofHours(1))).rest(1).store();
        stored.task(late, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
        stored.incident(NOW.minus(Duration.ofHours(2)))
                .rest(2)
                .level("IV")
                .status("RESOLVED")
                .store();
        stored.incident(NOW.minus(Duration.ofHours(3))).rest(3).status("CLOSED").store();
        stored.incident(NOW.minus(Duration.ofHours(4)))
                .rest(4)
                .grids(Stored.OTHER_GRID)
                .store();

        Answer made = api.postAs(
                before,
                "/v1/hand-overs",
                "{\"text\": \"look after the flood\", \"incidents\": [\"" + late + "\"]}",
                "Idempotency-Key",
                "k-1");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        JsonNode situation = made.json().get("situation");
        assertThat(situation.get("open").asInt()).isEqualTo(2);
        assertThat(situation.get("overdue").asInt()).isEqualTo(1);
        assertThat(situation.get("toBeVerified").asInt()).isEqualTo(1);
        assertThat(situation
                        .get("gravest")
                        .valueStream()
                        .map(standing -> standing.get("level").asString()))
                .containsExactly("II", "IV");
        assertThat(made.json().at("/unit/name").asString()).isEqualTo("渝北区");
        assertThat(made.json().at("/incidents/0").asString()).isEqualTo(late.toString());
    }

    @Test
    void the_same_request_again_is_the_same_hand_over() {
        Answer first = api.postAs(before, "/v1/hand-overs", WORDS, "Idempotency-Key", "k-1");
        stored.incident(NOW.minusSeconds(1)).store();

        assertThat(api.postAs(before, "/v1/hand-overs", WORDS, "Idempotency-Key", "k-1")
                        .json())
                .isEqualTo(first.json());
        assertThat(api.postAs(before, "/v1/hand-overs", "{\"text\": \"other words\"}", "Idempotency-Key", "k-1")
                        .reason())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(api.postAs(before, "/v1/hand-overs", WORDS).reason()).isEqualTo("BAD_HEADER");
        assertThat(api.getAs(after, "/v1/hand-overs").items("handedBy")).containsExactly("early-shift");
    }

    @Test
    void the_same_request_again_is_answered_as_before_also_when_its_incident_is_out_of_sight() {
        UUID incident = stored.incident(NOW.minusSeconds(1)).store();
        String words = "{\"text\": \"x\", \"unit\": \"500112\", \"incidents\": [\"" + incident + "\"]}";
        Answer first = api.postAs(before, "/v1/hand-overs", words, "Idempotency-Key", "k-1");
        stored.jdbc()
                .sql("update dispatch.incident set visible_to = '{50,500117}'")
                .update();

        assertThat(api.postAs(before, "/v1/hand-overs", words, "Idempotency-Key", "k-1")
                        .json())
                .isEqualTo(first.json());
        assertThat(api.postAs(token("early-shift", "500117"), "/v1/hand-overs", words, "Idempotency-Key", "k-1")
                        .json())
                .isEqualTo(first.json());
        assertThat(api.postAs(before, "/v1/hand-overs", WORDS, "Idempotency-Key", "k-1")
                        .reason())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void somebody_else_takes_it_over_once() {
        String path = "/v1/hand-overs/"
                + api.postAs(before, "/v1/hand-overs", WORDS, "Idempotency-Key", "k-1")
                        .json()
                        .get("id")
                        .asString()
                + "/take-over";

        assertThat(api.postAs(before, path, "{}").reason()).isEqualTo("SAME_PERSON");
        Answer taken = api.postAs(after, path, "{}");
        assertThat(taken.json().get("takenOverBy").asString()).isEqualTo("late-shift");
        assertThat(api.postAs(after, path, "{}").json()).isEqualTo(taken.json());
        Answer second = api.postAs(token("another", "500112"), path, "{}");
        assertThat(second.reason()).isEqualTo("TAKEN_OVER");
        assertThat(second.json().get("detail").asString()).contains("late-shift");
        assertThat(api.postAs(token("elsewhere", "500117"), path, "{}").status())
                .isEqualTo(404);
    }

    @Test
    void another_units_is_not_there() {
        api.postAs(before, "/v1/hand-overs", WORDS, "Idempotency-Key", "k-1");

        assertThat(api.getAs(token("elsewhere", "500117"), "/v1/hand-overs").items("id"))
                .isEmpty();
        assertThat(api.getAs(token("elsewhere", "500117"), "/v1/hand-overs?unit=500112")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/v1/hand-overs?unit=500112").items("id")).hasSize(1);
        assertThat(api.get("/v1/hand-overs?unit=500117").items("id")).isEmpty();
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(api.postAs(before, "/v1/hand-overs", "{}", "Idempotency-Key", "k-1")
                        .json()
                        .get("field")
                        .asString())
                .isEqualTo("text");
        assertThat(api.postAs(
                                before,
                                "/v1/hand-overs",
                                "{\"text\": \"x\", \"incidents\": [\"" + UUID.randomUUID() + "\"]}",
                                "Idempotency-Key",
                                "k-1")
                        .json()
                        .get("field")
                        .asString())
                .isEqualTo("incidents");
        assertThat(api.postAs(
                                before,
                                "/v1/hand-overs",
                                "{\"text\": \"x\", \"unit\": \"500117\"}",
                                "Idempotency-Key",
                                "k-1")
                        .status())
                .isEqualTo(404);
    }

    private static String token(String name, String unit) {
        return Infrastructure.shared().issuer().token(name, unit, "OPERATOR");
    }
}
