package org.citybrain.api.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import tools.jackson.databind.JsonNode;

class WriteOpenIncidentsTest {

    private static final Instant NOW = Instant.parse("2026-07-15T10:20:30Z");
    private static final OpenIncidentFilter ALL = new OpenIncidentFilter(null, Set.of(), Set.of(), Set.of());

    @ParameterizedTest
    @CsvSource({"0, 0, false", "50000, 50000, false", "50001, 50000, true"})
    void of_more_than_may_be_sent_the_first_are_and_it_says_so(int open, int sent, boolean truncated) {
        var json = MessageJson.MAPPER.readTree(
                new WriteOpenIncidents(new ManyIncidents(open)).write(ALL, NOW).toByteArray());

        assertThat(json.get("rows").size()).isEqualTo(sent);
        assertThat(json.get("truncated").asBoolean()).isEqualTo(truncated);
        for (JsonNode row : json.get("rows")) {
            assertThat(row.size()).isEqualTo(json.get("columns").size());
        }
    }

    /** So many are open, but never more than were asked for. */
    private static final class ManyIncidents extends OpenIncidentQueries {

        private final int open;

        ManyIncidents(int open) {
            super(JdbcClient.create(new SimpleDriverDataSource()));
            this.open = open;
        }

        @Override
        public void forEach(OpenIncidentFilter filter, int most, Consumer<OpenIncident> action) {
            for (int i = 0; i < Math.min(open, most); i++) {
                action.accept(new OpenIncident(
                        new UUID(0, i),
                        "20260715-000001",
                        106.55,
                        29.55,
                        Level.II,
                        null,
                        IncidentStatus.DISPATCHED,
                        "flood.waterlogging",
                        640,
                        NOW,
                        null,
                        null,
                        "50",
                        "500112001001001",
                        1));
            }
        }
    }
}
