package org.citybrain.intake.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code intake.gateway_key} and {@code intake.gateway_key_change}. */
@Repository
class PostgresKeys {

    private static final String GET_CHANGE = "select number from intake.gateway_key_change";

    private static final String COUNT_CHANGE = "update intake.gateway_key_change set number = number + 1";

    private static final String LIST_GOOD = """
            select key_id, source_id, hash, created_at, ends_at from intake.gateway_key
            where ends_at is null or ends_at > :now
            """;

    /** Reads by the index {@code gateway_key_by_source}. */
    private static final String LIST_OF = """
            select key_id, source_id, hash, created_at, ends_at from intake.gateway_key
            where source_id = :source order by created_at desc, key_id limit :most
            """;

    private static final String COUNT_GOOD_OF = """
            select count(*) from intake.gateway_key where source_id = :source and (ends_at is null or ends_at > :now)
            """;

    private static final String LOCK_SOURCE =
            "select count(*) from (select from intake.source where source_id = :source for update) s";

    private static final String SAVE = """
            insert into intake.gateway_key (key_id, source_id, hash, created_at) values (:key, :source, :hash, :now)
            """;

    private static final String END_OF = """
            update intake.gateway_key set ends_at = :end where source_id = :source and (ends_at is null or ends_at > :end)
            """;

    private static final String END = """
            update intake.gateway_key set ends_at = least(ends_at, :end) where source_id = :source and key_id = :key
            """;

    private final JdbcClient jdbc;

    PostgresKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Goes up whenever any key changes. */
    long getChange() {
        return jdbc.sql(GET_CHANGE).query(Long.class).single();
    }

    /** To be called in the transaction of every change, so that the other instances see it. */
    void countChange() {
        jdbc.sql(COUNT_CHANGE).update();
    }

    List<StoredKey> listGood(Instant now) {
        return jdbc.sql(LIST_GOOD)
                .param("now", at(now))
                .query((row, number) -> key(row))
                .list();
    }

    /** The newest first. */
    List<StoredKey> listOf(String sourceId, int most) {
        return jdbc.sql(LIST_OF)
                .param("source", sourceId)
                .param("most", most)
                .query((row, number) -> key(row))
                .list();
    }

    int countGoodOf(String sourceId, Instant now) {
        return jdbc.sql(COUNT_GOOD_OF)
                .param("source", sourceId)
                .param("now", at(now))
                .query(Integer.class)
                .single();
    }

    /** False if there is no such source. Until the transaction ends no other changes the source's keys. */
    boolean lockSource(String sourceId) {
        return jdbc.sql(LOCK_SOURCE)
                        .param("source", sourceId)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    void save(String keyId, String sourceId, byte[] hash, Instant now) {
        jdbc.sql(SAVE)
                .param("key", keyId)
                .param("source", sourceId)
                .param("hash", hash)
                .param("now", at(now))
                .update();
    }

    /** Ends all keys of the source that would last longer. */
    void endAllOf(String sourceId, Instant end) {
        jdbc.sql(END_OF).param("source", sourceId).param("end", at(end)).update();
    }

    /** False if the source has no such key. */
    boolean end(String sourceId, String keyId, Instant end) {
        return jdbc.sql(END)
                        .param("source", sourceId)
                        .param("key", keyId)
                        .param("end", at(end))
                        .update()
                == 1;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        OffsetDateTime endsAt = row.getObject("ends_at", OffsetDateTime.class);
        return new StoredKey(
                row.getString("key_id"),
                row.getString("source_id"),
                row.getBytes("hash"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                endsAt == null ? null : endsAt.toInstant());
    }
}
