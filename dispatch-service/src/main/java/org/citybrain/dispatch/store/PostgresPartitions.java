package org.citybrain.dispatch.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the monthly partitions ahead of time; and on the spot, where a report comes from a month that has none. */
@Component
public class PostgresPartitions {

    private static final Duration AHEAD = Duration.ofDays(62);

    private static final String ENSURE = """
            select dispatch.ensure_partitions(:from, :to)
            """;

    private static final String FORGET = """
            delete from dispatch.report_key where received_at < :before
            """;

    /**
     * How long a reportId is remembered: the 7 days in which a report may come again (domain, section 3; policy default), and some for what a
     * source's clock may be ahead and for what waits on the topic meanwhile.
     */
    private static final Duration REMEMBERED = Duration.ofDays(7 + 3);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Set<YearMonth> present = ConcurrentHashMap.newKeySet();

    PostgresPartitions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Sees to it that there are partitions for reports received at this time. Costs nothing where that is known. */
    public void ensure(Instant receivedAt) {
        YearMonth month = YearMonth.from(receivedAt.atOffset(ZoneOffset.UTC));
        if (!present.contains(month)) {
            ensure(receivedAt, receivedAt);
            present.add(month);
        }
    }

    @Scheduled(initialDelay = 0, fixedDelayString = "${city-brain.dispatch.housekeeping:1h}")
    void keepHouse() {
        Instant now = clock.instant();
        ensure(now, now.plus(AHEAD));
        jdbc.sql(FORGET).param("before", Timestamp.from(now.minus(REMEMBERED))).update();
    }

    private void ensure(Instant from, Instant to) {
        jdbc.sql(ENSURE)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, i) -> true)
                .single();
    }
}
