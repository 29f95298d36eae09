package org.citybrain.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

/** Who is handed what, without a connection. */
class LiveReadersTest {

    private static final Instant NOW = Instant.parse("2026-07-15T10:20:30Z");
    private static final int QUEUE = 5;
    private static final StreamSettings SETTINGS =
            new StreamSettings(Duration.ofMillis(100), Duration.ofSeconds(15), QUEUE, 8, 2_000, 20_000);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveReaders readers = new LiveReaders(SETTINGS, meters);

    @Test
    void each_is_handed_what_their_unit_sees() throws Exception {
        LiveReader city = follow("city-operator", "50");
        LiveReader district = follow("district-operator", "500112");
        LiveReader other = follow("other-operator", "500117");

        hand(0, event(1, "50", "500112"), event(2, "50", "500117"), event(3, "50", "500112", "500117"));

        assertThat(taken(city)).containsExactly(1L, 2L, 3L);
        assertThat(taken(district)).containsExactly(1L, 3L);
        assertThat(taken(other)).containsExactly(2L, 3L);
    }

    @Test
    void who_is_too_slow_is_cut_off_and_told_so_and_nobody_waits_for_them() throws Exception {
        LiveReader slow = follow("slow", "50");
        LiveReader quick = follow("quick", "50");
        List<Long> taken = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            hand(i - 1, event(i, "50"));
            taken.addAll(taken(quick));
        }

        assertThat(taken).hasSize(100);
        assertThat(slow.ended()).isEqualTo(StreamEnd.TOO_SLOW);
        LiveEvent last = slow.next(Duration.ZERO);
        assertThat(last).hasToString("event: end\ndata: {\"reason\":\"TOO_SLOW\"}\n\n");
        assertThat(slow.isDrained()).as("what had waited is not kept").isTrue();
        readers.leave(slow);
        assertThat(meters.get("citybrain.api.stream.ended")
                        .tag("reason", "TOO_SLOW")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(readers.size()).isEqualTo(1);
    }

    @Test
    void an_event_is_encoded_once_for_all() throws Exception {
        LiveReader one = follow("one", "50");
        LiveReader two = follow("two", "500112");
        hand(0, event(1, "50", "500112"));

        assertThat(one.next(Duration.ZERO)).isNotNull().isSameAs(two.next(Duration.ZERO));
    }

    @Test
    void what_a_reader_has_by_another_way_is_not_handed_over_again() throws Exception {
        LiveReader reader = readers.open(person("worker", "50"), filter("50"), NOW);
        reader.knows(place(2));
        readers.join(reader, () -> place(0));

        hand(0, event(1, "50"), event(2, "50"), event(3, "50"));

        assertThat(taken(reader)).containsExactly(3L);
    }

    @Test
    void who_joins_begins_where_the_others_are() {
        follow("first", "50");
        hand(0, event(1, "50"), event(2, "50"));

        LiveReader second = readers.open(person("second", "50"), filter("50"), NOW);
        assertThat(readers.join(second, () -> place(99))).isEqualTo(place(2));
    }

    @Test
    void what_was_read_before_everybody_left_is_dropped() throws Exception {
        LiveReader first = follow("first", "50");
        readers.leave(first);
        LiveReader second = readers.open(person("second", "50"), filter("50"), NOW);
        readers.join(second, () -> place(7));

        hand(0, event(1, "50"));

        assertThat(second.next(Duration.ZERO)).isNull();
    }

    @Test
    void a_notice_reaches_the_streams_of_one_person_or_of_one_unit() throws Exception {
        LiveReader phone = follow("worker", "500112001001001");
        LiveReader page = follow("worker", "500112001001001");
        LiveReader operator = follow("operator", "500112");

        assertThat(readers.send("worker", new UnitCode("500112001001001"), Map.of("text", "come")))
                .isEqualTo(2);
        assertThat(readers.send(new UnitCode("500112"), Map.of("text", "look"))).isEqualTo(1);
        assertThat(readers.send("nobody", new UnitCode("50"), Map.of())).isZero();
        assertThat(operator.next(Duration.ZERO)).hasToString("event: notice\ndata: {\"text\":\"look\"}\n\n");
        assertThat(phone.next(Duration.ZERO)).isNotNull();
        assertThat(page.next(Duration.ZERO)).isNotNull();
    }

    @Test
    void what_is_for_a_unit_that_the_person_has_left_is_not_shown_on_their_pages() {
        follow("worker", "500112002");

        assertThat(readers.send("worker", new UnitCode("500112001"), Map.of())).isZero();
        assertThat(readers.send("worker", new UnitCode("500112002"), Map.of())).isEqualTo(1);
    }

    @Test
    void a_stream_ends_when_the_same_person_comes_with_a_newer_token_of_another_unit() throws Exception {
        LiveReader before = follow("operator", "500112");
        LiveReader colleague = follow("colleague", "500112");
        Person moved = person("operator", "500117");

        LiveReader after = readers.open(moved, filter("500117"), NOW.plusSeconds(1));
        assertThat(before.ended()).isEqualTo(StreamEnd.MOVED);
        hand(0, event(1, "500112", "500117"));
        assertThat(before.next(Duration.ZERO)).hasToString("event: end\ndata: {\"reason\":\"MOVED\"}\n\n");
        assertThat(before.next(Duration.ZERO)).as("nothing of the old unit").isNull();
        readers.leave(before);

        LiveReader oldPage = readers.open(person("operator", "500112"), filter("500112"), NOW);
        assertThat(oldPage.ended()).as("its token is the older one").isEqualTo(StreamEnd.MOVED);
        assertThat(after.ended()).isNull();
        assertThat(colleague.ended()).isNull();
        assertThat(readers.open(moved, filter("500117"), NOW.plusSeconds(2)).ended())
                .as("a second page of the same unit")
                .isNull();
        assertThat(after.ended()).isNull();
    }

    @Test
    void streams_of_the_old_unit_do_not_count_against_who_has_moved() {
        for (int i = 0; i < SETTINGS.ofPerson(); i++) {
            follow("operator", "500112");
        }

        LiveReader after = readers.open(person("operator", "500117"), filter("500117"), NOW.plusSeconds(1));

        assertThat(after.ended()).isNull();
        for (int i = 1; i < SETTINGS.ofPerson(); i++) {
            readers.open(person("operator", "500117"), filter("500117"), NOW.plusSeconds(1));
        }
        assertThatThrownBy(() -> readers.open(person("operator", "500117"), filter("500117"), NOW.plusSeconds(1)))
                .isInstanceOf(ErrorResponseException.class)
                .hasMessageContaining("429");
    }

    @Test
    void a_stopping_service_ends_every_stream() throws Exception {
        LiveReader reader = follow("worker", "50");
        readers.close();

        assertThat(reader.ended()).isEqualTo(StreamEnd.SHUTTING_DOWN);
        assertThat(readers.awaitPlace()).isNull();
    }

    private LiveReader follow(String name, String unit) {
        LiveReader reader = readers.open(person(name, unit), filter(unit), NOW);
        readers.join(reader, () -> place(0));
        return reader;
    }

    private void hand(long from, LiveEvent... events) {
        readers.hand(place(from), List.of(events), events[events.length - 1].place());
    }

    private static List<Long> taken(LiveReader reader) throws InterruptedException {
        List<Long> taken = new ArrayList<>();
        LiveEvent event;
        while ((event = reader.next(Duration.ZERO)) != null) {
            taken.add(event.place().sequence());
        }
        return taken;
    }

    private static Person person(String name, String unit) {
        return new Person(name, Set.of(Role.OPERATOR), new UnitCode(unit), null);
    }

    private static StreamFilter filter(String unit) {
        return new StreamFilter(new UnitCode(unit), null, Set.of(), Set.of(), Set.of());
    }

    private static ChangeCursor place(long sequence) {
        return ChangeCursor.afterIncident("5", sequence, NOW);
    }

    private static LiveEvent event(long sequence, String... visibleTo) {
        var incident = new LiveIncident(
                new UUID(0, sequence),
                "20260715-000001",
                1,
                "OPENED",
                NOW,
                "rule:correlation@1",
                null,
                "flood.waterlogging",
                IncidentCategory.NATURAL_DISASTER,
                IncidentStatus.DISPATCHED,
                null,
                NOW,
                new Position(106.5, 29.5),
                "500112001001001",
                Level.II,
                null,
                "50",
                1,
                640,
                0.05);
        return new LiveLine(
                        place(sequence),
                        Set.of(visibleTo),
                        "OPENED",
                        "flood.waterlogging",
                        Level.II,
                        incident,
                        List.of())
                .events()
                .getFirst();
    }
}
