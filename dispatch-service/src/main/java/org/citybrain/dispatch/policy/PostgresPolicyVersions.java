package org.citybrain.dispatch.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** All versions of all policies, in dispatch.policy. No row is ever deleted, and an approved document never changes. */
@Component
public class PostgresPolicyVersions {

    /** Expects the primary key of dispatch.policy; the terms are few. */
    private static final String FIND = """
            select p.version, dispatch.policy_status(p.status, p.effective_from, t.superseded_at, :now) as status, p.row_version,
                   p.document::text as document, p.note, p.based_on, p.authors, p.created_at, p.changed_at, p.rehearsed_at,
                   p.approved_by, p.approved_at, p.approval_reason, p.effective_from, t.superseded_at
            from dispatch.policy p
            join dispatch.policy_term t on t.kind = p.kind and t.version = p.version
            where p.kind = :kind and p.version = :version
            """;

    private static final String REHEARSED = """
            update dispatch.policy
            set status = 'REHEARSED', rehearsed_at = :now, row_version = row_version + 1
            where kind = :kind and version = :version and status = 'DRAFT'
              and encode(sha256(convert_to(document::text, 'UTF8')), 'hex') = :digest
            """;

    private static final String LOCK = "select 1 from pg_advisory_xact_lock(hashtext('dispatch.policy'))";

    private static final String ADD = """
            insert into dispatch.policy (kind, version, status, document, created_at, changed_at, note, based_on, authors)
            select :kind, coalesce(max(version), 0) + 1, 'DRAFT', :document::jsonb, :now, :now, :note, :based_on, array[:author]
            from dispatch.policy
            where kind = :kind
            returning version
            """;

    private static final String COUNT_OPEN =
            "select count(*) from dispatch.policy where kind = :kind and status in ('DRAFT', 'REHEARSED')";

    private static final String COUNT_UPCOMING =
            "select count(*) from dispatch.policy where kind = :kind and status = 'APPROVED' and effective_from > :now";

    private static final String CHANGE = """
            update dispatch.policy
            set document = :document::jsonb, note = :note, status = 'DRAFT', rehearsed_at = null, changed_at = :now,
                row_version = row_version + 1,
                authors = case when :author = any (authors) then authors else authors || :author end
            where kind = :kind and version = :version
            """;

    private static final String APPROVE = """
            update dispatch.policy
            set status = 'APPROVED', effective_from = :effective_from, approved_by = :by, approved_at = :now,
                approval_reason = :reason, row_version = row_version + 1
            where kind = :kind and version = :version
            """;

    private static final String WITHDRAW = """
            update dispatch.policy
            set status = 'WITHDRAWN', effective_from = null, withdrawn_by = :by, withdrawn_at = :now, row_version = row_version + 1
            where kind = :kind and version = :version
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    PostgresPolicyVersions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The version as it stands now. */
    public Optional<PolicyVersion> find(PolicyKind kind, int version) {
        return jdbc.sql(FIND)
                .param("kind", kind.key())
                .param("version", version)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, i) -> version(kind, row))
                .optional();
    }

    /**
     * A rehearsal of a draft has finished: DRAFT becomes REHEARSED.
     *
     * @param digest of the document that was rehearsed: SHA-256 of {@code document::text} in UTF-8, in hexadecimal
     * @return whether it is still that document; if it was changed meanwhile, or is no draft any more, nothing happens
     */
    public boolean noteRehearsed(PolicyKind kind, int version, String digest) {
        return jdbc.sql(REHEARSED)
                        .param("kind", kind.key())
                        .param("version", version)
                        .param("digest", digest)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** Waits for, and holds to the transaction's end, the one lock under which people's changes of policies happen. */
    void lock() {
        jdbc.sql(LOCK).query(Integer.class).single();
    }

    /** How many versions of the kind are drafts or rehearsed. */
    int countOpen(PolicyKind kind) {
        return jdbc.sql(COUNT_OPEN)
                .param("kind", kind.key())
                .query(Integer.class)
                .single();
    }

    /** How many versions of the kind are approved and not in force yet. */
    int countUpcoming(PolicyKind kind) {
        return jdbc.sql(COUNT_UPCOMING)
                .param("kind", kind.key())
                .param("now", Timestamp.from(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /** @return the new version */
    int add(PolicyKind kind, JsonNode document, String note, @Nullable Integer basedOn, String author) {
        return jdbc.sql(ADD)
                .param("kind", kind.key())
                .param("document", MessageJson.MAPPER.writeValueAsString(document))
                .param("now", Timestamp.from(clock.instant()))
                .param("note", note)
                .param("based_on", basedOn)
                .param("author", author)
                .query(Integer.class)
                .single();
    }

    void change(PolicyVersion policy, JsonNode document, String note, String author) {
        changed(
                policy,
                jdbc.sql(CHANGE)
                        .param("kind", policy.kind().key())
                        .param("version", policy.version())
                        .param("document", MessageJson.MAPPER.writeValueAsString(document))
                        .param("note", note)
                        .param("author", author)
                        .param("now", Timestamp.from(clock.instant()))
                        .update());
    }

    void approve(PolicyVersion policy, Instant effectiveFrom, String by, String reason) {
        changed(
                policy,
                jdbc.sql(APPROVE)
                        .param("kind", policy.kind().key())
                        .param("version", policy.version())
                        .param("effective_from", Timestamp.from(effectiveFrom))
                        .param("by", by)
                        .param("reason", reason)
                        .param("now", Timestamp.from(clock.instant()))
                        .update());
    }

    void withdraw(PolicyVersion policy, String by) {
        changed(
                policy,
                jdbc.sql(WITHDRAW)
                        .param("kind", policy.kind().key())
                        .param("version", policy.version())
                        .param("by", by)
                        .param("now", Timestamp.from(clock.instant()))
                        .update());
    }

    private static void changed(PolicyVersion policy, int rows) {
        if (rows != 1) {
            throw new IllegalStateException("there is no " + policy.kind().key() + " policy " + policy.version());
        }
    }

    private static PolicyVersion version(PolicyKind kind, ResultSet row) throws SQLException {
        return new PolicyVersion(
                kind,
                row.getInt("version"),
                PolicyStatus.valueOf(row.getString("status")),
                row.getInt("row_version"),
                MessageJson.MAPPER.readTree(row.getString("document")),
                row.getString("note"),
                row.getObject("based_on", Integer.class),
                List.of((String[]) row.getArray("authors").getArray()),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "changed_at"),
                instant(row, "rehearsed_at"),
                row.getString("approved_by"),
                instant(row, "approved_at"),
                row.getString("approval_reason"),
                instant(row, "effective_from"),
                instant(row, "superseded_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }
}
