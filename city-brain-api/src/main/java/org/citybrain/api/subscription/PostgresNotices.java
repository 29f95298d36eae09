package org.citybrain.api.subscription;

import java.security.SecureRandom;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices as they are stored, for those who are told and for those who see whether they were. */
@Component
public class PostgresNotices {

    /** For those that are still served: who disables one at the same moment waits, and buries what was added. */
    private static final String ADD = """
            insert into api.notice (id, subscription_id, event_id, event, incident_id, task_id, happened_at, created_at, content, status,
                next_attempt_at)
            select n.id, n.subscription_id, n.event_id, n.event, n.incident_id, n.task_id, n.happened_at, :now, n.content, 'WAITING', :now
            from json_to_recordset(:notices::json) as n (
                id uuid, subscription_id uuid, event_id text, event text, incident_id uuid, task_id uuid, happened_at timestamptz, content json)
            join api.subscription s on s.id = n.subscription_id and s.status = 'ACTIVE'
            for share of s
            on conflict (subscription_id, event_id) do nothing
            """;

    private static final String COLUMNS = """
            n.id, n.subscription_id, n.event_id, n.event, n.incident_id, n.task_id, n.happened_at, n.content, n.status, n.attempts,
            n.next_attempt_at, n.delivered_at, n.last_failure, s.channel
            """;

    // Index: subscription_of_person, then notice_in_order, or notice_waiting for the unread ones
    private static final String LIVE = """
            select %s
            from api.subscription s join api.notice n on n.subscription_id = s.id
            where s.person = :person and s.reach = :reach and s.channel = 'LIVE'
              and (not :unread or n.status = 'WAITING')
              and (:before::uuid is null or n.id < :before)
            order by n.id desc
            limit :rows
            """.formatted(COLUMNS);

    // Index: the primary key, whose ids begin with the moment of creation
    private static final String MADE_AFTER = """
            select %s, s.person, s.reach
            from api.notice n join api.subscription s on s.id = n.subscription_id
            where n.id > :after and n.status = 'WAITING' and s.channel = 'LIVE'
            order by n.id
            limit :most
            """.formatted(COLUMNS);

    // Index: notice_in_order
    private static final String OF_SUBSCRIPTION = """
            select %s
            from api.notice n join api.subscription s on s.id = n.subscription_id
            where n.subscription_id = :subscription and (:status::text is null or n.status = :status)
              and (:before::uuid is null or n.id < :before)
            order by n.id desc
            limit :rows
            """.formatted(COLUMNS);

    /** The receipt goes with the change: either both are there or neither. The primary key. */
    private static final String CONFIRM = """
            with confirmed as (
                update api.notice n set status = 'DELIVERED', delivered_at = :now
                from api.subscription s
                where n.id = :id and s.id = n.subscription_id and s.person = :person and s.channel = 'LIVE' and n.status = 'WAITING'
                returning n.incident_id, n.task_id, n.event_id, n.event, n.subscription_id, s.person, s.channel)
            insert into api.receipt (kind, incident_id, task_id, event_id, event, subscription_id, person, channel, recorded_at)
            select 'NOTIFIED', incident_id, task_id, event_id, event, subscription_id, person, channel, :now from confirmed
            """;

    private static final String IS_OF = """
            select count(*) from api.notice n join api.subscription s on s.id = n.subscription_id
            where n.id = :id and s.person = :person and s.channel = 'LIVE'
            """;

    private static final String RETRY = """
            update api.notice set status = 'WAITING', attempts = 0, next_attempt_at = :now
            where id = :id and subscription_id = :subscription and status = 'DEAD'
            """;

    private static final String ONE = """
            select %s from api.notice n join api.subscription s on s.id = n.subscription_id
            where n.id = :id and n.subscription_id = :subscription
            """.formatted(COLUMNS);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    PostgresNotices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stores them in one statement; what a subscription was told before it is not told again, nor anything that is not served any more. */
    public void add(List<NewNotice> notices) {
        Instant now = clock.instant();
        jdbc.sql(ADD)
                .param("now", moment(now))
                .param(
                        "notices",
                        MessageJson.MAPPER.writeValueAsString(
                                notices.stream().map(notice -> row(notice, now)).toList()))
                .update();
    }

    /** A person's live notices, the newest first. Those of a subscription that was made in another unit are not theirs any more. */
    Page<Notice> listLive(String person, String reach, boolean unread, @Nullable UUID before, int limit) {
        return Page.of(
                        Row.list(jdbc.sql(LIVE)
                                .param("person", person)
                                .param("reach", reach)
                                .param("unread", unread)
                                .param("before", before, Types.OTHER)
                                .param("rows", limit + 1)),
                        limit,
                        row -> row.text("id"))
                .map(PostgresNotices::notice);
    }

    /** The first live notices of everybody after one that wait to be shown, in the order in which they were made. */
    List<LiveNotice> listMadeAfter(UUID last, int most) {
        return Row.list(jdbc.sql(MADE_AFTER).param("after", last).param("most", most)).stream()
                .map(row -> new LiveNotice(row.text("person"), new UnitCode(row.text("reach")), notice(row)))
                .toList();
    }

    /**
     * A notice and whom it is for.
     *
     * @param reach the unit that they had when they subscribed
     */
    record LiveNotice(String person, UnitCode reach, Notice notice) {}

    /** What became of a subscription's notices, the newest first. */
    Page<Notice> listOf(UUID subscription, Notice.@Nullable Status status, @Nullable UUID before, int limit) {
        return Page.of(
                        Row.list(jdbc.sql(OF_SUBSCRIPTION)
                                .param("subscription", subscription)
                                .param("status", status == null ? null : status.name(), Types.VARCHAR)
                                .param("before", before, Types.OTHER)
                                .param("rows", limit + 1)),
                        limit,
                        row -> row.text("id"))
                .map(PostgresNotices::notice);
    }

    /** A live notice was shown. Returns whether it is this person's at all; the second time nothing changes. */
    boolean confirm(UUID id, String person) {
        int confirmed = jdbc.sql(CONFIRM)
                .param("id", id)
                .param("person", person)
                .param("now", moment(clock.instant()))
                .update();
        return confirmed > 0
                || jdbc.sql(IS_OF)
                                .param("id", id)
                                .param("person", person)
                                .query(Integer.class)
                                .single()
                        > 0;
    }

    /** Has a dead one tried again; what is not dead stays as it is. Returns it as it is then, if there is one. */
    List<Notice> retry(UUID subscription, UUID id) {
        jdbc.sql(RETRY)
                .param("id", id)
                .param("subscription", subscription)
                .param("now", moment(clock.instant()))
                .update();
        return Row.list(jdbc.sql(ONE).param("id", id).param("subscription", subscription)).stream()
                .map(PostgresNotices::notice)
                .toList();
    }

    private static Notice notice(Row row) {
        Notice.Status status = row.constant("status", Notice.Status.class);
        boolean toBeTried =
                status == Notice.Status.WAITING && row.text("channel").equals(Channel.WEBHOOK.name());
        return new Notice(
                row.uuid("id"),
                row.uuid("subscription_id"),
                row.text("event_id"),
                row.constant("event", NoticeEvent.class),
                row.uuid("incident_id"),
                row.findUuid("task_id"),
                row.instant("happened_at"),
                row.json("content"),
                status,
                row.integer("attempts"),
                toBeTried ? row.instant("next_attempt_at") : null,
                row.findInstant("delivered_at"),
                row.findText("last_failure"));
    }

    /** A UUID of version 7. */
    private static UUID idAt(Instant moment) {
        return new UUID(
                (moment.toEpochMilli() << 16) | 0x7000 | RANDOM.nextInt(0x1000),
                (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static Map<String, @Nullable Object> row(NewNotice notice, Instant now) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", idAt(now));
        row.put("subscription_id", notice.subscriptionId());
        row.put("event_id", notice.eventId());
        row.put("event", notice.event());
        row.put("incident_id", notice.incidentId());
        row.put("task_id", notice.taskId());
        row.put("happened_at", notice.happenedAt());
        row.put("content", notice.content());
        return row;
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
