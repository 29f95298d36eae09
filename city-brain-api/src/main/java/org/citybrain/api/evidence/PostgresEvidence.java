package org.citybrain.api.evidence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.api.row.Row;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What evidence there is, who has sent it, and what is on its way. */
@Component
class PostgresEvidence {

    // Index: the primary keys; report_by_evidence, incident_event_by_evidence
    private static final String FIND_SEEN = """
            select e.sha256, e.media_type, e.size_bytes, e.stored_at
            from api.evidence e
            where e.sha256 = :sha256
              and (exists (select from api.evidence_sender s where s.sha256 = e.sha256 and s.person = :person)
                   or exists (select from dispatch.incidents_with_evidence(e.sha256) w
                              join api.evidence_sender s on s.sha256 = e.sha256 and s.person = w.person
                              join dispatch.incident_view i on i.id = w.incident_id))
            """;

    // Index: the primary key
    private static final String FIND_OWN = """
            select e.sha256, e.media_type, e.size_bytes, e.stored_at
            from api.evidence e
            join api.evidence_sender s on s.sha256 = e.sha256
            where e.sha256 = :sha256 and s.person = :person
            """;

    private static final String ADD = """
            insert into api.evidence (sha256, media_type, size_bytes, stored_at)
            values (:sha256, :mediaType, :size, :now)
            on conflict (sha256) do nothing
            """;

    private static final String ADD_SENDER = """
            insert into api.evidence_sender (sha256, person, sent_at, size_bytes)
            values (:sha256, :person, :now, :size)
            on conflict (sha256, person) do nothing
            """;

    // What one person sends at once is counted one after the other; no row need be there to lock
    private static final String WAIT_FOR_TURN =
            "select pg_advisory_xact_lock(hashtextextended('api.evidence ' || :person, 0))";

    // Index: the unique key of (person, sha256)
    private static final String OPEN_UPLOADS = """
            select count(*) from api.evidence_upload
            where person = :person and received_bytes < size_bytes and sha256 <> :sha256
            """;

    // Index: evidence_sent_by_person; the unique key of (person, sha256)
    private static final String BYTES_SINCE = """
            select (select coalesce(sum(size_bytes), 0) from api.evidence_sender where person = :person and sent_at > :since)
                 + (select coalesce(sum(size_bytes), 0) from api.evidence_upload
                    where person = :person and received_bytes < size_bytes and sha256 <> :sha256)
            """;

    private static final String BEGIN = """
            insert into api.evidence_upload as u (id, person, sha256, media_type, size_bytes, received_bytes, begun_at, expires_at)
            values (:id, :person, :sha256, :mediaType, :size, :received, :now, :expires)
            on conflict (person, sha256) do update set expires_at = excluded.expires_at
            returning id, person, sha256, media_type, size_bytes, received_bytes, array_to_json(parts)::text as parts, expires_at
            """;

    // Index: the primary key
    private static final String UPLOAD = """
            select id, person, sha256, media_type, size_bytes, received_bytes, array_to_json(parts)::text as parts, expires_at
            from api.evidence_upload
            where id = :id and person = :person and expires_at > :now
            """;

    // Index: the primary key. Of two parts for the same place one is taken
    private static final String ADD_PART = """
            update api.evidence_upload
            set received_bytes = :received, parts = parts || :part::text, expires_at = :expires
            where id = :id and received_bytes = :offset
            """;

    // Index: the primary key. A part that came meanwhile is not needed any more
    private static final String END = """
            with was as (select id, parts from api.evidence_upload where id = :id for update)
            update api.evidence_upload u
            set received_bytes = u.size_bytes, parts = '{}'
            from was
            where u.id = was.id
            returning array_to_json(was.parts)::text as parts
            """;

    // Index: the primary key
    private static final String FORGET = "delete from api.evidence_upload where id = :id and received_bytes = :offset";

    // Index: the primary key
    private static final String KNOWN = "select id from api.evidence_upload where id = any(:ids::uuid[])";

    // Index: evidence_upload_expiring
    private static final String TAKE_EXPIRED = """
            delete from api.evidence_upload
            where id in (select id from api.evidence_upload where expires_at <= :now order by expires_at limit 100
                         for update skip locked)
            returning id, person, sha256, media_type, size_bytes, received_bytes, array_to_json(parts)::text as parts, expires_at
            """;

    private final JdbcClient jdbc;

    PostgresEvidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A piece that this person has sent, or that an incident refers to which they see. */
    Optional<EvidencePiece> findSeen(Sha256 sha256, String person) {
        return piece(FIND_SEEN, sha256, person);
    }

    /** A piece that this person has sent. */
    Optional<EvidencePiece> findOwn(Sha256 sha256, String person) {
        return piece(FIND_OWN, sha256, person);
    }

    /** Does it when nobody else does so for this person, in one transaction. */
    @Transactional
    public <T> T inTurn(String person, Supplier<T> work) {
        jdbc.sql(WAIT_FOR_TURN).param("person", person).query().listOfRows();
        return work.get();
    }

    /** How many pieces of this person are on their way beside this one. */
    long openUploads(String person, Sha256 beside) {
        return jdbc.sql(OPEN_UPLOADS)
                .param("person", person)
                .param("sha256", beside.hex())
                .query(Long.class)
                .single();
    }

    /** How much this person has sent since, and has begun to send beside this piece. */
    long bytesSince(String person, Instant since, Sha256 beside) {
        return jdbc.sql(BYTES_SINCE)
                .param("person", person)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("sha256", beside.hex())
                .query(Long.class)
                .single();
    }

    private void add(Sha256 sha256, EvidenceType type, long size, String person, Instant now) {
        jdbc.sql(ADD)
                .param("sha256", sha256.hex())
                .param("mediaType", type.mediaType())
                .param("size", size)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql(ADD_SENDER)
                .param("sha256", sha256.hex())
                .param("person", person)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("size", size)
                .update();
    }

    /** The upload of this piece by this person: a new one, or the one that they have begun. */
    EvidenceUpload begin(EvidenceUpload upload, Instant now) {
        return Row.list(jdbc.sql(BEGIN)
                        .param("id", upload.id())
                        .param("person", upload.person())
                        .param("sha256", upload.sha256().hex())
                        .param("mediaType", upload.type().mediaType())
                        .param("size", upload.sizeBytes())
                        .param("received", upload.receivedBytes())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("expires", upload.expiresAt().atOffset(ZoneOffset.UTC)))
                .stream()
                .map(PostgresEvidence::upload)
                .findFirst()
                .orElseThrow();
    }

    Optional<EvidenceUpload> findUpload(UUID id, String person, Instant now) {
        return Row.list(jdbc.sql(UPLOAD)
                        .param("id", id)
                        .param("person", person)
                        .param("now", now.atOffset(ZoneOffset.UTC)))
                .stream()
                .map(PostgresEvidence::upload)
                .findFirst();
    }

    /** Whether the part was taken; not where another one has come meanwhile. */
    boolean addPart(EvidenceUpload upload, String part, long received, Instant expires) {
        return jdbc.sql(ADD_PART)
                        .param("id", upload.id())
                        .param("offset", upload.receivedBytes())
                        .param("received", received)
                        .param("part", part)
                        .param("expires", expires.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /**
     * The piece is whole and stored.
     *
     * @return the parts that are not needed any more
     */
    @Transactional
    public List<String> end(EvidenceUpload upload, Instant now) {
        List<String> parts = Row.list(jdbc.sql(END).param("id", upload.id())).stream()
                .flatMap(PostgresEvidence::parts)
                .toList();
        add(upload.sha256(), upload.type(), upload.sizeBytes(), upload.person(), now);
        return parts;
    }

    /** Whether it was forgotten; not where another part has come meanwhile. */
    boolean forget(EvidenceUpload upload) {
        return jdbc.sql(FORGET)
                        .param("id", upload.id())
                        .param("offset", upload.receivedBytes())
                        .update()
                == 1;
    }

    /** Those of them that are still waited for, or whole. */
    Set<UUID> known(Collection<UUID> uploads) {
        String[] ids = uploads.stream().map(UUID::toString).toArray(String[]::new);
        return Row.list(jdbc.sql(KNOWN).param("ids", ids)).stream()
                .map(row -> row.uuid("id"))
                .collect(Collectors.toSet());
    }

    /** Up to a hundred uploads that were waited for in vain; they are forgotten. Two instances never take the same. */
    List<EvidenceUpload> takeExpired(Instant now) {
        return Row.list(jdbc.sql(TAKE_EXPIRED).param("now", now.atOffset(ZoneOffset.UTC))).stream()
                .map(PostgresEvidence::upload)
                .toList();
    }

    private Optional<EvidencePiece> piece(String sql, Sha256 sha256, String person) {
        return Row.list(jdbc.sql(sql).param("sha256", sha256.hex()).param("person", person)).stream()
                .map(row -> new EvidencePiece(
                        row.text("sha256"),
                        sha256.uri(),
                        row.text("media_type"),
                        row.longInteger("size_bytes"),
                        row.instant("stored_at")))
                .findFirst();
    }

    private static EvidenceUpload upload(Row row) {
        return new EvidenceUpload(
                row.uuid("id"),
                row.text("person"),
                new Sha256(row.text("sha256")),
                EvidenceType.find(row.text("media_type")).orElseThrow(),
                row.longInteger("size_bytes"),
                row.longInteger("received_bytes"),
                parts(row).toList(),
                row.instant("expires_at"));
    }

    private static Stream<String> parts(Row row) {
        return row.json("parts").valueStream().map(part -> part.asString());
    }
}
