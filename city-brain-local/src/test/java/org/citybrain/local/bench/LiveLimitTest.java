package org.citybrain.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.citybrain.infrastructure.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveLimitTest {

    private static final Recording.Told OF_THE_CITY = new Recording.Told("50", 0, event("incident", "OPENED 暴雨"));
    private static final Recording.Told OF_THE_DISTRICT = new Recording.Told("500112", 0, event("incident", "OPENED"));
    private static final Recording.Told LATER = new Recording.Told("500112", 110, event("task", "OPEN"));

    @TempDir
    Path folder;

    @Test
    void every_reader_is_told_the_events_of_the_own_unit_byte_by_byte_each_time_anew() throws Exception {
        Path file = folder.resolve("told.json");
        LiveLimit limit = new LiveLimit(file);
        int port = Ports.findFree();
        limit.serve(port);
        try (StreamLoad readers = new StreamLoad(port)) {
            readers.open(List.of(screen("50"), screen("500112"), screen("500112"), screen("500113")));
            new Recording(List.of(OF_THE_CITY, OF_THE_DISTRICT, LATER)).write(file);

            for (int time = 0; time < 2; time++) {
                assertThat(limit.load()).isEqualTo(3);
                StreamLoad.Turn turn = readers.begin();
                assertThat(limit.tell()).isEqualTo(5);

                await().until(() -> turn.told() == 5);
                assertThat(turn.recording().told())
                        .extracting(Recording.Told::unit, Recording.Told::event)
                        .containsExactlyInAnyOrder(
                                tuple("50", OF_THE_CITY.event()),
                                tuple("500112", OF_THE_DISTRICT.event()),
                                tuple("500112", LATER.event()));
                assertThat(turn.ages().count()).isEqualTo(3);
            }
            readers.requireAll();
        }
    }

    private static StreamLoad.Screen screen(String unit) {
        return new StreamLoad.Screen(unit, LiveLimit.PATH + unit, "none");
    }

    private static String event(String name, String kind) {
        return "id: 7.1.0.1.00000000\nevent: %s\ndata: {\"kind\":\"%s\",\"recordedAt\":\"2026-11-30T00:00:01Z\"}\n\n"
                .formatted(name, kind);
    }
}
