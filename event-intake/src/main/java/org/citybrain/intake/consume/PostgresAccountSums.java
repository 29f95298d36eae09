package org.citybrain.intake.consume;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.citybrain.messages.ledger.SumUpDays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sums up the lines of intake.published_count. */
@Component
class PostgresAccountSums {

    // Index: published_count_by_hour
    private static final String OLDEST = """
            select min(hour) from intake.published_count where hour >= :from and hour < :before
            """;

    /**
     * One line for each topic, source and span, in one statement: whoever adds up sees all of it or nothing. What is summed up to a month is one day of it and what
     * its first hour holds already. The lock is tried only: two instances would delete the same lines, and the second would find none.
     */
    // Index: published_count_by_hour
    private static final String SUM_UP = """
            with mine as materialized (select pg_try_advisory_xact_lock(hashtext('intake.sum_up_published')) as taken),
            gone as (
                delete from intake.published_count l using mine
                where mine.taken and (l.hour >= :from and l.hour < :before or l.hour = :first)
                  and (l.topic, l.source_id, date_trunc(:span, l.hour, 'UTC')) in (
                    select topic, source_id, date_trunc(:span, hour, 'UTC') from intake.published_count
                    where hour >= :from and hour < :before or hour = :first
                    group by 1, 2, 3 having count(*) > 1 or min(hour) > min(date_trunc(:span, hour, 'UTC')))
                returning l.*)
            insert into intake.published_count (topic, partition, first_offset, source_id, hour, reports)
            select topic, min(partition), min(first_offset), source_id, date_trunc(:span, hour, 'UTC'), sum(reports)
            from gone
            group by 1, 4, 5
            """;

    private final JdbcClient jdbc;

    PostgresAccountSums(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** To one line for each hour. */
    SumUpDays.Lines byHour() {
        return new Lines("hour");
    }

    /** To one line for each month (UTC), which carries its first hour. */
    SumUpDays.Lines byMonth() {
        return new Lines("month");
    }

    private final class Lines implements SumUpDays.Lines {

        private final String span;

        Lines(String span) {
            this.span = span;
        }

        @Override
        public Optional<Instant> findOldest(Instant from, Instant before) {
            return jdbc.sql(OLDEST)
                    .param("from", Timestamp.from(from))
                    .param("before", Timestamp.from(before))
                    .query(OffsetDateTime.class)
                    .optional()
                    .map(OffsetDateTime::toInstant);
        }

        @Override
        public void sumUp(Instant from, Instant before) {
            jdbc.sql(SUM_UP)
                    .param("span", span)
                    .param("from", Timestamp.from(from))
                    .param("before", Timestamp.from(before))
                    .param("first", Timestamp.from(firstWithWhichToSumUp(from)))
                    .update();
        }

        private Instant firstWithWhichToSumUp(Instant from) {
            return span.equals("hour")
                    ? from
                    : YearMonth.from(from.atOffset(ZoneOffset.UTC))
                            .atDay(1)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC);
        }
    }
}
