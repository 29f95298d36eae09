package org.citybrain.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AlarmRatesTest {

    private static final Instant JULY = Instant.parse("2026-07-10T08:30:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-10T08:30:00Z");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();

    @Test
    void each_source_has_its_counts_and_its_two_rates_by_their_definition() {
        label("SENSOR", "gw-1", 3, 1, 2, JULY);
        label("SENSOR", "gw-2", 0, 0, 1, JULY);
        label("SYSTEM", "weather", 0, 2, 0, JULY);
        label("GRID_WORKER", "worker-1", 0, 2, 0, JULY);
        label("OPERATOR", "operator-1", 1, 0, 0, JULY);
        label("CITIZEN", "citizen-1", 0, 2, 0, JULY);

        JsonNode items = api.get("/v1/sources/alarm-rates").json().get("items");

        assertThat(items.valueStream().map(JsonNode::toString))
                .containsExactly(
                        "{\"sourceId\":\"gw-1\",\"sourceKind\":\"SENSOR\",\"confirmed\":3,\"false\":1,\"missed\":2,"
                                + "\"falseAlarmRate\":0.25,\"missedAlarmRate\":0.4}",
                        "{\"sourceId\":\"gw-2\",\"sourceKind\":\"SENSOR\",\"confirmed\":0,\"false\":0,\"missed\":1,"
                                + "\"falseAlarmRate\":null,\"missedAlarmRate\":1.0}",
                        "{\"sourceId\":\"weather\",\"sourceKind\":\"SYSTEM\",\"confirmed\":0,\"false\":2,\"missed\":0,"
                                + "\"falseAlarmRate\":1.0,\"missedAlarmRate\":null}");
    }

    @Test
    void a_span_is_one_of_when_incidents_were_opened_and_one_source_can_be_asked_for() {
        label("SENSOR", "gw-1", 3, 1, 0, JULY);
        label("SENSOR", "gw-1", 1, 1, 0, JUNE);
        label("SENSOR", "gw-2", 1, 0, 0, JULY);

        assertThat(only("?source=gw-1").get("confirmed").asLong()).isEqualTo(4);
        assertThat(only("?source=gw-1&from=2026-07-01T00:00:00Z")
                        .get("confirmed")
                        .asLong())
                .isEqualTo(3);
        assertThat(only("?to=2026-07-01T00:00:00Z").get("falseAlarmRate").asDouble())
                .isEqualTo(0.5);
        assertThat(api.get("/v1/sources/alarm-rates?from=2026-07-01T00:00:00Z&to=2026-07-01T00:00:00Z")
                        .reason())
                .isEqualTo("BAD_PARAMETER");
        assertThat(api.get("/v1/sources/alarm-rates?form=2026-07-01T00:00:00Z").reason())
                .isEqualTo("UNKNOWN_PARAMETER");
        assertThat(api.get("/v1/sources/alarm-rates?source=").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void walking_the_pages_meets_every_source_once() {
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            label("SENSOR", "gw/" + i, 1, 0, 0, JULY);
            sources.add("gw/" + i);
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/v1/sources/alarm-rates?limit=2" + cursor);
            met.addAll(page.items("sourceId"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(sources);
    }

    @Test
    void it_is_for_the_city_and_an_analyst_may_read_it() {
        label("SENSOR", "gw-1", 1, 0, 0, JULY);

        Answer analysts = api.getAs(token("analyst", "50", "ANALYST"), "/v1/sources/alarm-rates");
        assertThat(analysts.items("sourceId")).containsExactly("gw-1");
        assertThat(api.getAs(token("district-operator", "500112", "OPERATOR"), "/v1/sources/alarm-rates")
                        .status())
                .isEqualTo(403);
        assertThat(api.getAs(token("grid-worker", "50", "GRID_WORKER"), "/v1/sources/alarm-rates")
                        .status())
                .isEqualTo(403);
    }

    private JsonNode only(String query) {
        JsonNode items = api.get("/v1/sources/alarm-rates" + query).json().get("items");
        assertThat(items.size()).isEqualTo(1);
        return items.get(0);
    }

    private void label(String kind, String source, int confirmed, int falseAlarms, int missed, Instant openedAt) {
        for (int i = 0; i < confirmed + falseAlarms + missed; i++) {
            stored.label(
                    UUID.randomUUID(),
                    kind,
                    source,
                    i < confirmed ? "CONFIRMED" : i < confirmed + falseAlarms ? "FALSE" : "MISSED",
                    openedAt);
        }
    }

    private static String token(String account, String unit, String role) {
        return Infrastructure.shared().issuer().token(account, unit, role);
    }
}
