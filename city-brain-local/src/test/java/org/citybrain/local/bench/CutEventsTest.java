package org.citybrain.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutEventsTest {

    private static final String HELLO = "retry: 2000\n\n";
    private static final String INCIDENT =
            "id: 7.1.0.1.00000000\nevent: incident\ndata: {\"kind\":\"OPENED\",\"recordedAt\":\"2026-11-30T00:00:01.5Z\",\"actor\":\"暴雨\"}\n\n";
    private static final String TASK = "id: 7.1.f.1.00000000\nevent: task\ndata: {\"status\":\"OPEN\"}\n\n";

    private final List<ServerSentEvent> events = new ArrayList<>();

    @Test
    void events_are_whole_wherever_the_pieces_end_in_which_they_come() {
        byte[] all = (HELLO + INCIDENT + TASK).getBytes(StandardCharsets.UTF_8);
        for (int end = 0; end <= all.length; end++) {
            events.clear();
            CutEvents cut = new CutEvents(events::add);

            cut.take(Arrays.copyOfRange(all, 0, end));
            cut.take(Arrays.copyOfRange(all, end, all.length));

            assertThat(events)
                    .as("cut after %d bytes", end)
                    .extracting(ServerSentEvent::text)
                    .containsExactly(HELLO, INCIDENT, TASK);
        }
    }

    @Test
    void what_has_not_ended_is_kept_back() {
        CutEvents cut = new CutEvents(events::add);

        cut.take((HELLO + TASK.strip() + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(events).extracting(ServerSentEvent::text).containsExactly(HELLO);
    }

    @Test
    void an_event_is_known_by_its_name_and_tells_when_its_line_was_recorded() {
        ServerSentEvent incident = new ServerSentEvent(INCIDENT);

        assertThat(incident.is("incident")).isTrue();
        assertThat(incident.is("task")).isFalse();
        assertThat(new ServerSentEvent("event: end\ndata: {}\n\n").is("end")).isTrue();
        assertThat(incident.recordedAt()).isEqualTo(Instant.parse("2026-11-30T00:00:01.5Z"));
    }
}
