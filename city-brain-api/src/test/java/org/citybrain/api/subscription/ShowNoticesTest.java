package org.citybrain.api.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.live.LiveNotices;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.StandingClock;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.UnitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What open pages are handed, without pages. */
class ShowNoticesTest {

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private final StandingClock clock = new StandingClock(RunningApi.NOW);
    private final PostgresNotices notices = new PostgresNotices(stored.jdbc(), clock);
    private final List<String> shown = new ArrayList<>();
    private final ShowNotices show = new ShowNotices(notices, new Pages(), clock);
    private UUID subscription = new UUID(0, 0);

    @BeforeEach
    void subscribe() {
        subscription = UUID.fromString(api.post(
                        "/v1/subscriptions",
                        "{\"events\": [\"CLOSED\"], \"channel\": \"LIVE\"}",
                        "Idempotency-Key",
                        "k-1")
                .json()
                .at("/subscription/id")
                .asString());
    }

    @Test
    void however_many_come_at_once_all_are_shown_in_the_same_turn_and_once() {
        int many = 10_500;
        stored.jdbc()
                .sql("""
                        insert into api.notice (id, subscription_id, event_id, event, incident_id, happened_at, created_at, content, status,
                            next_attempt_at)
                        select (left(:first, 24) || lpad(to_hex(n), 12, '0'))::uuid, :subscription, 'e-' || n, 'CLOSED', :subscription, :at, :at,
                            '{}', 'WAITING', :at
                        from generate_series(1, :many) n
                        """)
                .param("first", idAt(clock.instant()).toString())
                .param("subscription", subscription)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("many", many)
                .update();

        show.show();
        show.show();

        assertThat(shown).hasSize(many).doesNotHaveDuplicates();
    }

    @Test
    void what_is_seen_late_is_shown_though_its_transaction_took_a_minute() {
        Instant made = clock.instant().plusSeconds(1);
        clock.move(Duration.ofSeconds(60));
        show.show();
        notice(idAt(made), "late");

        show.show();
        show.show();

        assertThat(shown).containsExactly("late");
    }

    @Test
    void the_clock_of_another_instance_that_is_fast_hides_nothing() {
        notice(idAt(clock.instant().plus(Duration.ofHours(1))), "from tomorrow");
        show.show();
        notice(idAt(clock.instant()), "now");
        show.show();

        assertThat(shown).containsExactly("from tomorrow", "now");
    }

    @Test
    void for_a_subscription_that_is_not_served_any_more_nothing_is_kept_waiting() {
        notices.add(List.of(made("e-1")));
        stored.jdbc()
                .sql("update api.subscription set status = 'DISABLED', status_reason = 'answered 410'")
                .update();

        notices.add(List.of(made("e-2")));

        assertThat(stored.jdbc()
                        .sql("select event_id from api.notice")
                        .query(String.class)
                        .list())
                .containsExactly("e-1");
    }

    private NewNotice made(String eventId) {
        return new NewNotice(
                subscription,
                eventId,
                NoticeEvent.CLOSED,
                UUID.randomUUID(),
                null,
                clock.instant(),
                MessageJson.MAPPER.createObjectNode());
    }

    private void notice(UUID id, String eventId) {
        UUID there = stored.notice(subscription, UUID.randomUUID(), eventId, "{}");
        stored.jdbc()
                .sql("update api.notice set id = :id where id = :there")
                .param("id", id)
                .param("there", there)
                .update();
    }

    private static UUID idAt(Instant moment) {
        return new UUID((moment.toEpochMilli() << 16) | 0x7000, 0x8000_0000_0000_0000L | moment.getNano());
    }

    private final class Pages implements LiveNotices {

        @Override
        public int send(String person, UnitCode reach, Object notice) {
            shown.add(((Notice) notice).eventId());
            return 1;
        }

        @Override
        public int send(UnitCode unit, Object notice) {
            return 0;
        }
    }
}
