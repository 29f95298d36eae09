package org.citybrain.api.subscription;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes what was told long ago, in small portions: a long transaction would hold back what dispatch-service publishes. */
@Component
class PostgresOldNotices {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresOldNotices.class);
    private static final int PORTION = 5_000;

    // Index: the primary key, whose ids begin with the moment of creation
    private static final String DELETE_NOTICES = """
            delete from api.notice
            where id in (select id from api.notice
                         where id < (lpad(to_hex(floor(extract(epoch from :before::timestamptz) * 1000)::bigint), 12, '0')
                                     || repeat('0', 20))::uuid
                         order by id limit :portion)
            """;

    // Index: the primary key: the oldest have the lowest sequences
    private static final String DELETE_RECEIPTS = """
            delete from api.receipt
            where sequence in (select sequence from (select sequence, recorded_at from api.receipt order by sequence limit :portion) oldest
                               where recorded_at < :before)
            """;

    private final JdbcClient jdbc;
    private final NoticeSettings settings;
    private final Clock clock;

    PostgresOldNotices(JdbcClient jdbc, NoticeSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${city-brain.api.notice.clean-every:10m}",
            fixedDelayString = "${city-brain.api.notice.clean-every:10m}")
    void delete() {
        try {
            OffsetDateTime before = clock.instant().minus(settings.keptFor()).atOffset(ZoneOffset.UTC);
            while (deleted(DELETE_NOTICES, before) == PORTION) {
                LOG.debug("{} old notices deleted, more are there", PORTION);
            }
            while (deleted(DELETE_RECEIPTS, before) == PORTION) {
                LOG.debug("{} old receipts deleted, more are there", PORTION);
            }
        } catch (DataAccessException failure) {
            LOG.warn("old notices could not be deleted, it will be tried again: {}", failure.getMessage());
        }
    }

    private int deleted(String sql, OffsetDateTime before) {
        return jdbc.sql(sql).param("before", before).param("portion", PORTION).update();
    }
}
