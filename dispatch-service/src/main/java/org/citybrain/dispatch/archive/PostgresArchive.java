package org.citybrain.dispatch.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves months to the schema archive, and sums up the lines of dispatch.batch_outcome. */
@Component
class PostgresArchive {

    private static final String ATTACHED = """
            select to_date(right(c.relname, 7), 'YYYY_MM') as month
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'dispatch.incident'::regclass and to_date(right(c.relname, 7), 'YYYY_MM') < :before
            order by month
            """;

    private static final String ARCHIVE = "select dispatch.archive_month(:month, :now)";

    /**
     * One line for each topic, source, hour and outcome, in one statement: whoever adds up sees all of it or nothing. Expects batch_outcome_by_hour. The lock is tried
     * only: two instances would delete the same lines, and the second would find none.
     */
    private static final String SUM_UP_HOURS = """
            with mine as materialized (select pg_try_advisory_xact_lock(hashtext('dispatch.sum_up_outcomes')) as taken),
            gone as (
                delete from dispatch.batch_outcome o using mine
                where mine.taken and o.hour < :before and (o.topic, o.source_id, o.hour, o.outcome) in (
                    select topic, source_id, hour, outcome from dispatch.batch_outcome
                    where hour < :before group by 1, 2, 3, 4 having count(*) > 1)
                returning o.*)
            insert into dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports)
            select max(recorded_at), topic, min(partition), min(first_offset), source_id, hour, outcome, sum(reports)
            from gone
            group by topic, source_id, hour, outcome
            """;

    /** The same for months: their lines carry the month's first hour. */
    private static final String SUM_UP_MONTHS = """
            with mine as materialized (select pg_try_advisory_xact_lock(hashtext('dispatch.sum_up_outcomes')) as taken),
            gone as (
                delete from dispatch.batch_outcome o using mine
                where mine.taken and o.hour < :before and (o.topic, o.source_id, date_trunc('month', o.hour, 'UTC'), o.outcome) in (
                    select topic, source_id, date_trunc('month', hour, 'UTC'), outcome from dispatch.batch_outcome
                    where hour < :before group by 1, 2, 3, 4 having count(*) > 1)
                returning o.*)
            insert into dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports)
            select max(recorded_at), topic, min(partition), min(first_offset), source_id, date_trunc('month', hour, 'UTC'), outcome, sum(reports)
            from gone
            group by topic, source_id, date_trunc('month', hour, 'UTC'), outcome
            """;

    private final JdbcClient jdbc;

    PostgresArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The months before this one that have partitions, the oldest first. */
    List<YearMonth> listBefore(YearMonth month) {
        return jdbc.sql(ATTACHED).param("before", month.atDay(1)).query(LocalDate.class).list().stream()
                .map(YearMonth::from)
                .toList();
    }

    /** @throws org.springframework.dao.DataAccessException if somebody was in the way for too long; nothing has happened then */
    ArchivedMonth archive(YearMonth month, Instant now) {
        return ArchivedMonth.valueOf(jdbc.sql(ARCHIVE)
                .param("month", month.atDay(1))
                .param("now", Timestamp.from(now))
                .query(String.class)
                .single());
    }

    void sumUpHours(Instant before) {
        jdbc.sql(SUM_UP_HOURS).param("before", Timestamp.from(before)).update();
    }

    void sumUpMonths(Instant before) {
        jdbc.sql(SUM_UP_MONTHS).param("before", Timestamp.from(before)).update();
    }
}
