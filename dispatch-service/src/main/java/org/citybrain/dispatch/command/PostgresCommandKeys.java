package org.citybrain.dispatch.command;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Which commands were carried out, and what was answered, in dispatch.command. */
@Component
class PostgresCommandKeys {

    /** How long a command that comes again is known (policy default). */
    private static final Duration KEPT = Duration.ofDays(7);

    /**
     * The space of two numbers is another than the one of cells and incidents: these locks come before all of them.
     *
     * <p>With it, and so without a statement more, the transaction's statements are planned once for each connection. All of a command's find what
     * they need by its key, so one plan is as good for every incident, and opens the one partition in which it lies; to plan each anew took
     * several times as long as to carry it out. A month that was empty then is not read whole for it ever after.
     */
    private static final String LOCK = """
            select true
            from (select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
                         pg_advisory_xact_lock(hashtext('dispatch.command'), :key)) as locked
            """;

    /** Expects the primary key of dispatch.command. */
    private static final String FIND = """
            select digest, command, version, answer::text as answer
            from dispatch.command
            where person = :person and idempotency_key = :key
            """;

    private static final String KEEP = """
            insert into dispatch.command (person, idempotency_key, incident_id, subject_id, command, digest, version, answer, decided_at)
            values (:person, :key, :incident, :subject, :command, :digest, :version, :answer::json, :now)
            """;

    /** Expects the primary key of dispatch.command. */
    private static final String VERSION_AFTER = """
            select version
            from dispatch.command
            where person = :person and idempotency_key = :key and subject_id = :subject
            """;

    private static final String FORGET = """
            delete from dispatch.command where decided_at < :before
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    PostgresCommandKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Waits until nobody else works on a command of this key. The look-up that follows is a statement of its own, and sees it. */
    void lock(CommandKey key) {
        jdbc.sql(LOCK).param("key", key.lock()).query(Boolean.class).single();
    }

    /**
     * What was answered to this command; null where it was not carried out.
     *
     * @throws CommandRefused where the key came with another command
     */
    @Nullable
    Commanded find(CommandKey key) {
        return jdbc.sql(FIND)
                .param("person", key.person())
                .param("key", key.key())
                .query((row, i) -> {
                    if (!Arrays.equals(row.getBytes("digest"), key.digest())) {
                        throw CommandRefused.keyReused(key.key());
                    }
                    return new Commanded(row.getString("command"), row.getInt("version"), row.getString("answer"));
                })
                .optional()
                .orElse(null);
    }

    /** The version that a command of this person has left; empty where there was no such command on this incident, task or check-in. */
    Optional<Integer> findVersionAfter(String person, String key, UUID subject) {
        return jdbc.sql(VERSION_AFTER)
                .param("person", person)
                .param("key", key)
                .param("subject", subject)
                .query(Integer.class)
                .optional();
    }

    void keep(CommandKey key, Subject subject, Commanded commanded, Instant decidedAt) {
        jdbc.sql(KEEP)
                .param("person", key.person())
                .param("key", key.key())
                .param("incident", subject.incidentId())
                .param("subject", subject.id())
                .param("command", commanded.command())
                .param("digest", key.digest())
                .param("version", commanded.version())
                .param("answer", commanded.json())
                .param("now", Timestamp.from(decidedAt))
                .update();
    }

    @Scheduled(initialDelay = 0, fixedDelayString = "${city-brain.dispatch.housekeeping:1h}")
    void forget() {
        jdbc.sql(FORGET)
                .param("before", Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }
}
