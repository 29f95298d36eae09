package org.citybrain.dispatch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentChanged;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Position;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimelineMessagesTest {

    private static final String TASKS = """
            {"reason": "a test", "tasks": [{"id": "0197c1f6-0c14-7a00-9b7e-1f5c1de90a03", "version": 2,
             "tier": "DISTRICT", "unitCode": "500103", "role": "COMMAND", "status": "RETURNED",
             "dispatchedAt": "2026-07-01T09:00:00Z", "digest": false}]}
            """;

    private static final UUID INCIDENT = new UUID(1, 2);
    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

    @ParameterizedTest
    @EnumSource(IncidentEventKind.class)
    void tasks_that_a_line_names_are_told_to_their_units_and_every_line_to_all(IncidentEventKind kind) {
        assertThat(topics(line(kind, TASKS))).containsExactly(Topics.INCIDENT_CHANGED, Topics.TASK_CHANGED);
        assertThat(topics(line(kind, "{}"))).containsExactly(Topics.INCIDENT_CHANGED);
    }

    @Test
    void a_line_is_published_with_the_detail_that_was_stored() {
        ProducerRecord<String, byte[]> message =
                TimelineMessages.of(line(IncidentEventKind.DISPATCHED, TASKS)).getFirst();

        assertThat(MessageJson.MAPPER.readTree(message.value()).path("detail"))
                .isEqualTo(MessageJson.MAPPER.readTree(TASKS));
    }

    private static List<String> topics(TimelineEntry entry) {
        return TimelineMessages.of(entry).stream().map(ProducerRecord::topic).toList();
    }

    private static TimelineEntry line(IncidentEventKind kind, String detail) {
        StoredDetail stored = new StoredDetail(detail);
        return new TimelineEntry(
                new TimelinePosition("7", 3),
                new IncidentChanged(
                        INCIDENT,
                        3,
                        kind,
                        NOW,
                        "person:city-operator",
                        null,
                        new IncidentChanged.State(
                                "20260701-000017",
                                2,
                                "flood.waterlogging",
                                IncidentCategory.NATURAL_DISASTER,
                                IncidentStatus.FALSE_ALARM,
                                IncidentStatus.DISPATCHED,
                                NOW,
                                new Position(106.5, 29.5),
                                "500103001001001",
                                Level.III,
                                null,
                                "500103",
                                1,
                                20,
                                0.02),
                        stored.asItIs()),
                stored.tasks(),
                null);
    }
}
