package org.citybrain.intake.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SumUpAccountTest {

    private final JdbcClient jdbc =
            JdbcClient.create(Infrastructure.shared().newDatabase().dataSource(ServiceLogin.INTAKE));

    @Test
    void old_lines_become_one_for_each_hour_then_one_for_each_month_and_the_sums_stay() {
        lines("received", "gw-1", "2027-11-15 08:00Z", 3);
        lines("received", "gw-1", "2027-11-10 08:00Z", 4);
        lines("rejected", "gw-1", "2027-11-10 08:00Z", 2);
        lines("received", "gw-2", "2027-11-10 09:00Z", 1);
        lines("received", "gw-1", "2026-09-10 08:00Z", 5);
        lines("received", "gw-1", "2026-09-11 08:00Z", 5);
        SumUpAccount sumUpAccount = new SumUpAccount(
                new PostgresAccountSums(jdbc), Clock.fixed(Instant.parse("2027-11-15T08:30:00Z"), ZoneOffset.UTC));

        sumUpAccount.sumUp();
        sumUpAccount.sumUp();

        assertThat(listLines())
                .containsExactly(
                        "2026-09-01 00 received gw-1 1 100",
                        "2027-11-10 08 received gw-1 1 40",
                        "2027-11-10 08 rejected gw-1 1 20",
                        "2027-11-10 09 received gw-2 1 10",
                        "2027-11-15 08 received gw-1 3 30");
    }

    private void lines(String topic, String source, String hour, int lines) {
        jdbc.sql("""
                        insert into intake.published_count (topic, partition, first_offset, source_id, hour, reports)
                        select :topic, n % 3, n, :source, cast(:hour as timestamptz), 10 from generate_series(1, :lines) n
                        """)
                .param("topic", topic)
                .param("source", source)
                .param("hour", hour)
                .param("lines", lines)
                .update();
    }

    private List<String> listLines() {
        return jdbc.sql("""
                        select to_char(hour at time zone 'UTC', 'YYYY-MM-DD HH24') || ' ' || topic || ' ' || source_id || ' ' || count(*) || ' '
                               || sum(reports)
                        from intake.published_count group by hour, topic, source_id order by 1
                        """).query(String.class).list();
    }
}
