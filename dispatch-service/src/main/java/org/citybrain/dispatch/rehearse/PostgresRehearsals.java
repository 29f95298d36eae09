package org.citybrain.dispatch.rehearse;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.dispatch.policy.PostgresPolicyVersions;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rehearsals in dispatch.rehearsal. Each call is a transaction of its own, and short: the relay waits for none. */
@Component
class PostgresRehearsals {

    private static final String BEGIN = """
            insert into dispatch.rehearsal (id, kind, version, document_digest, from_time, to_time, status, asked_by, asked_at, heartbeat_at,
                                            instance)
            values (:id, :kind, :version, :digest, :from, :to, 'RUNNING', :by, :now, :now, :instance)
            """;

    private static final String START =
            "update dispatch.rehearsal set started_at = :now, heartbeat_at = :now where id = :id and status = 'RUNNING'";

    private static final String BEAT = """
            update dispatch.rehearsal
            set progress = greatest(progress, :progress), heartbeat_at = :now
            where id = :id and status = 'RUNNING'
            """;

    private static final String CANCEL_ASKED =
            "select id from dispatch.rehearsal where id = any (:ids) and cancel_asked_by is not null";

    private static final String FINISH = """
            update dispatch.rehearsal
            set status = 'DONE', progress = 1, result = :result::jsonb, ended_at = :now
            where id = :id and status = 'RUNNING'
            """;

    private static final String END = """
            update dispatch.rehearsal
            set status = :status, failure = :failure, ended_at = :now
            where id = :id and status = 'RUNNING'
            """;

    private static final String ASK_CANCEL = """
            update dispatch.rehearsal
            set cancel_asked_by = coalesce(cancel_asked_by, :by)
            where id = :id and status = 'RUNNING'
            """;

    private static final String STATUS = "select status from dispatch.rehearsal where id = :id";

    /** Expects rehearsal_running. */
    private static final String FAIL_DEAD = """
            update dispatch.rehearsal
            set status = 'FAILED', ended_at = :now,
                failure = 'the instance that ran it is gone: it was heard of last at ' || to_char(heartbeat_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            where status = 'RUNNING' and heartbeat_at < :before
            returning id
            """;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final PostgresPolicyVersions policyVersions;

    PostgresRehearsals(JdbcClient jdbc, AuditTrail audit, PostgresPolicyVersions policyVersions) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.policyVersions = policyVersions;
    }

    /** The policy versions as they are now, for one rehearsal. */
    PostgresPolicyHistory policyHistory() {
        return new PostgresPolicyHistory(jdbc);
    }

    @Transactional
    public void begin(UUID id, Candidate candidate, Period period, String by, String instance, Instant now) {
        jdbc.sql(BEGIN)
                .param("id", id)
                .param("kind", candidate.kind().key())
                .param("version", candidate.version())
                .param("digest", candidate.digest())
                .param("from", period.from() == null ? null : Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("instance", instance)
                .update();
        audit.write(AuditLine.done(
                "rehearsal.begin",
                id,
                Map.of("policy", candidate.kind().key() + "@" + candidate.version(), "to", period.to())));
    }

    void start(UUID id, Instant now) {
        jdbc.sql(START).param("id", id).param("now", Timestamp.from(now)).update();
    }

    /** Says that it still runs, and how far it is. */
    void beat(UUID id, double progress, Instant now) {
        jdbc.sql(BEAT)
                .param("id", id)
                .param("progress", progress)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Those of these that somebody wants to end. */
    List<UUID> listCancelAsked(Collection<UUID> ids) {
        return jdbc.sql(CANCEL_ASKED)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * A draft becomes REHEARSED with it, where it has shown something.
     *
     * @return false where it was ended meanwhile
     */
    @Transactional
    public boolean finish(UUID id, RehearsalResult found, Candidate candidate, Period period, Instant now) {
        String whyNotEnough = found.whyNotEnough(period);
        RehearsalResult result = whyNotEnough == null
                ? found
                : found.withNote("The version does not count as rehearsed by this: " + whyNotEnough + ".");
        boolean finished = jdbc.sql(FINISH)
                        .param("id", id)
                        .param("result", MessageJson.MAPPER.writeValueAsString(result))
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
        if (finished && whyNotEnough == null) {
            policyVersions.noteRehearsed(candidate.kind(), candidate.version(), candidate.digest());
        }
        return finished;
    }

    void cancelled(UUID id, Instant now) {
        end(id, "CANCELLED", null, now);
    }

    void failed(UUID id, String failure, Instant now) {
        end(id, "FAILED", failure, now);
    }

    private void end(UUID id, String status, @Nullable String failure, Instant now) {
        jdbc.sql(END)
                .param("id", id)
                .param("status", status)
                .param("failure", failure)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** @return false where it does not run any more */
    @Transactional
    public boolean askCancel(UUID id, String by) {
        boolean asked = jdbc.sql(ASK_CANCEL).param("id", id).param("by", by).update() == 1;
        if (asked) {
            audit.write(AuditLine.done("rehearsal.cancel", id, Map.of()));
        }
        return asked;
    }

    Optional<String> findStatus(UUID id) {
        return jdbc.sql(STATUS).param("id", id).query(String.class).optional();
    }

    /** Ends those that nobody runs any more. */
    List<UUID> failDead(Instant now, Duration deadAfter) {
        return jdbc.sql(FAIL_DEAD)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(now.minus(deadAfter)))
                .query((row, i) -> row.getObject("id", UUID.class))
                .list();
    }
}
