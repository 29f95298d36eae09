package org.citybrain.dispatch.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SumUpOutcomesTest {

    private static final Instant NOW = Instant.parse("2027-11-15T08:30:00Z");

    private final JdbcClient jdbc =
            JdbcClient.create(Infrastructure.shared().newDatabase().dataSource(ServiceLogin.DISPATCH));

    @ParameterizedTest
    @ValueSource(ints = {13, 120})
    void old_lines_become_one_for_each_hour_then_one_for_each_month_however_many_stay_attached(int attachedMonths) {
        outcomes("2027-11-15 08:00Z", "OPENED", 3);
        outcomes("2027-11-10 08:00Z", "OPENED", 4);
        outcomes("2027-11-10 09:00Z", "OPENED", 2);
        outcomes("2027-11-10 09:00Z", "MERGED", 1);
        outcomes("2026-10-01 05:00Z", "OPENED", 2);
        outcomes("2026-09-30 23:00Z", "OPENED", 1);
        outcomes("2026-08-10 08:00Z", "OPENED", 5);
        outcomes("2026-08-11 08:00Z", "OPENED", 5);
        SumUpOutcomes sumUpOutcomes = new SumUpOutcomes(
                new PostgresOutcomeSums(jdbc),
                new ArchiveSettings(attachedMonths, 2, Duration.ofHours(1)),
                Clock.fixed(NOW, ZoneOffset.UTC));

        sumUpOutcomes.sumUp();
        sumUpOutcomes.sumUp();

        assertThat(jdbc.sql("""
                        select to_char(hour at time zone 'UTC', 'YYYY-MM-DD HH24') || ' ' || outcome || ' ' || count(*) || ' ' || sum(reports)
                        from dispatch.batch_outcome group by hour, outcome order by 1
                        """).query(String.class).list())
                .containsExactly(
                        "2026-08-01 00 OPENED 1 100",
                        "2026-09-01 00 OPENED 1 10",
                        "2026-10-01 05 OPENED 1 20",
                        "2027-11-10 08 OPENED 1 40",
                        "2027-11-10 09 MERGED 1 10",
                        "2027-11-10 09 OPENED 1 20",
                        "2027-11-15 08 OPENED 3 30");
    }

    private void outcomes(String hour, String outcome, int lines) {
        jdbc.sql("""
                        insert into dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports)
                        select cast(:hour as timestamptz), 'topic', n % 3, n, 'gw-1', cast(:hour as timestamptz), :outcome, 10
                        from generate_series(1, :lines) n
                        """)
                .param("hour", hour)
                .param("outcome", outcome)
                .param("lines", lines)
                .update();
    }
}
