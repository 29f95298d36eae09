package org.citybrain.dispatch.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.citybrain.messages.ledger.SumUpDays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sums up the lines of dispatch.batch_outcome. */
@Component
class PostgresOutcomeSums {

    // Index: batch_outcome_by_hour
    private static final String OLDEST = """
            select min(hour) from dispatch.batch_outcome where hour >= :from and hour < :before
            """;

    /**
     * One line for each topic, source, outcome and span, in one statement: whoever adds up sees all of it or nothing. What is summed up to a month is one day of it and what
     * its first hour holds already. The lock is tried only: two instances would delete the same lines, and the second would find none.
     */
    // Index: batch_outcome_by_hour
    private static final String SUM_UP = """
            with mine as materialized (select pg_try_advisory_xact_lock(hashtext('dispatch.sum_up_outcomes')) as taken),
            gone as (
                delete from dispatch.batch_outcome l using mine
                where mine.taken and (l.hour >= :from and l.hour < :before or l.hour = :first)
                  and (l.topic, l.source_id, date_trunc(:span, l.hour, 'UTC'), l.outcome) in (
                    select topic, source_id, date_trunc(:span, hour, 'UTC'), outcome from dispatch.batch_outcome
                    where hour >= :from and hour < :before or hour = :first
                    group by 1, 2, 3, 4 having count(*) > 1 or min(hour) > min(date_trunc(:span, hour, 'UTC')))
                returning l.*)
            insert into dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports)
            select max(recorded_at), topic, min(partition), min(first_offset), source_id, date_trunc(:span, hour, 'UTC'), outcome, sum(reports)
            from gone
            group by 2, 5, 6, 7
            """;

    private final JdbcClient jdbc;

    PostgresOutcomeSums(JdbcClient jdbc) {
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
