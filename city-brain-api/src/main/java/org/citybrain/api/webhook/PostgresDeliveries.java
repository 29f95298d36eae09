package org.citybrain.api.webhook;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Claims notices for webhooks and keeps what came of each attempt. */
@Component
class PostgresDeliveries {

    // Index: for each of some thousand subscriptions one probe of notice_waiting
    private static final String TARGETS = """
            select id from api.subscription s
            where channel = 'WEBHOOK' and status = 'ACTIVE'
              and exists (select from api.notice n where n.subscription_id = s.id and n.status = 'WAITING' and n.next_attempt_at <= :now)
            """;

    /**
     * Moves the next attempt beyond the lease, so that no other claims it meanwhile. What was tried as often as it may be without any
     * attempt's coming to an end is dead. Expects notice_waiting.
     */
    private static final String CLAIM = """
            with worn as (
                select id from api.notice
                where subscription_id = :subscription and status = 'WAITING' and next_attempt_at <= :now and attempts >= :tries
                for update skip locked),
            dead as (
                update api.notice n set status = 'DEAD', last_failure = coalesce(n.last_failure, 'no attempt came to an end')
                from worn where n.id = worn.id),
            due as (
                select id from api.notice
                where subscription_id = :subscription and status = 'WAITING' and next_attempt_at <= :now and attempts < :tries
                order by next_attempt_at, id
                limit 1
                for update skip locked)
            update api.notice n set next_attempt_at = :leasedUntil, attempts = n.attempts + 1
            from due, api.subscription s
            where n.id = due.id and s.id = n.subscription_id and s.status = 'ACTIVE'
            returning n.id, n.subscription_id, n.event_id, n.happened_at, n.content, n.attempts, s.url, s.secret_generation,
                      s.former_secret_until
            """;

    /** The receipt goes with the change: either both are there or neither. */
    private static final String DELIVERED = """
            with delivered as (
                update api.notice n set status = 'DELIVERED', delivered_at = :now, last_failure = null
                from api.subscription s
                where n.id = :id and n.status = 'WAITING' and s.id = n.subscription_id
                returning n.incident_id, n.task_id, n.event_id, n.event, n.subscription_id, s.person, s.channel)
            insert into api.receipt (kind, incident_id, task_id, event_id, event, subscription_id, person, channel, recorded_at)
            select 'NOTIFIED', incident_id, task_id, event_id, event, subscription_id, person, channel, :now from delivered
            """;

    /** Only the latest attempt says when the next one is. */
    private static final String FAILED = """
            update api.notice set status = :status, next_attempt_at = :next, last_failure = :failure
            where id = :id and status = 'WAITING' and attempts = :attempts
            """;

    private static final String DISABLE = """
            update api.subscription set status = 'DISABLED', status_reason = :reason where id = :id and status = 'ACTIVE'
            """;

    private static final String BURY = """
            update api.notice set status = 'DEAD', last_failure = :reason where subscription_id = :id and status = 'WAITING'
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    PostgresDeliveries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The subscriptions that have something to be sent now. */
    List<UUID> listTargets() {
        return jdbc.sql(TARGETS)
                .param("now", moment(clock.instant()))
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    /** The next notice to be sent for a subscription, claimed; none where all wait or others are at them. */
    Optional<Delivery> claim(UUID subscription, int tries, Duration lease) {
        Instant now = clock.instant();
        return jdbc.sql(CLAIM)
                .param("subscription", subscription)
                .param("tries", tries)
                .param("now", moment(now))
                .param("leasedUntil", moment(now.plus(lease)))
                .query((row, i) -> delivery(row))
                .optional();
    }

    void delivered(Delivery delivery) {
        jdbc.sql(DELIVERED)
                .param("id", delivery.noticeId())
                .param("now", moment(clock.instant()))
                .update();
    }

    void tryAgain(Delivery delivery, String failure, Duration pause) {
        failed(delivery, "WAITING", failure, clock.instant().plus(pause));
    }

    void giveUp(Delivery delivery, String failure) {
        failed(delivery, "DEAD", failure, clock.instant());
    }

    /** The target wants no more: nothing is sent to it any more, and what waits for it is dead. */
    @Transactional
    public void disable(UUID subscription, String reason) {
        jdbc.sql(DISABLE).param("id", subscription).param("reason", reason).update();
        jdbc.sql(BURY).param("id", subscription).param("reason", reason).update();
    }

    private void failed(Delivery delivery, String status, String failure, Instant next) {
        jdbc.sql(FAILED)
                .param("id", delivery.noticeId())
                .param("attempts", delivery.attempts())
                .param("status", status)
                .param("failure", failure)
                .param("next", moment(next))
                .update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        Timestamp former = row.getTimestamp("former_secret_until");
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("subscription_id", UUID.class),
                row.getString("event_id"),
                row.getTimestamp("happened_at").toInstant(),
                row.getString("content"),
                row.getInt("attempts"),
                URI.create(row.getString("url")),
                row.getInt("secret_generation"),
                former == null ? null : former.toInstant());
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
