package org.citybrain.api.ledger;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.api.ledger.Account.SourceHour;
import org.citybrain.api.ledger.Ledger.Refusals;
import org.citybrain.api.row.Row;
import org.citybrain.messages.Topics;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads both ends of the ledger in one snapshot. The services write a count and the offset up to which they counted in one
 * transaction, so within one snapshot the two agree, however fast they move.
 */
@Component
class LedgerQueries {

    private static final String COUNTS = """
            coalesce(sum(reports) filter (where account = 'RECEIVED'), 0)::bigint as received,
            coalesce(sum(reports) filter (where account = 'REFUSED'), 0)::bigint as refused,
            coalesce(sum(reports) filter (where account = 'OPENED'), 0)::bigint as opened,
            coalesce(sum(reports) filter (where account = 'MERGED'), 0)::bigint as merged,
            coalesce(sum(reports) filter (where account = 'REJECTED'), 0)::bigint as rejected,
            coalesce(sum(reports) filter (where account = 'PARKED'), 0)::bigint as parked,
            coalesce(sum(reports) filter (where account = 'DISCARDED'), 0)::bigint as discarded,
            coalesce(sum(reports) filter (where account = 'DUPLICATE'), 0)::bigint as duplicates
            """;

    private static final String TOTALS = """
            select %s
            from (select case topic when :received then 'RECEIVED' else 'REFUSED' end as account, reports
                  from intake.published_count_view where topic in (:received, :rejected)
                  union all
                  select outcome, reports from dispatch.batch_outcome_view where topic = :received
                  union all
                  select 'REJECTED', count(*) from intake.refusal_view) entry
            """.formatted(COUNTS);

    // What is old is told by month, summed up by now or not, and by both ends: refusals keep their moment.
    // Index: published_count_by_hour, batch_outcome_by_hour, the partitions of these months
    private static final String LINES = """
            select source_id, case when hour < :by_hour_from then date_trunc('month', hour, 'UTC') else hour end as hour, %s
            from (select source_id, hour, case topic when :received then 'RECEIVED' else 'REFUSED' end as account, reports
                  from intake.published_count_view
                  where topic in (:received, :rejected) and hour >= :from and hour < :to
                  union all
                  select source_id, hour, outcome, reports
                  from dispatch.batch_outcome_view
                  where topic = :received and hour >= :from and hour < :to
                  union all
                  select source_id, date_trunc('hour', received_at, 'UTC'), 'REJECTED', 1
                  from intake.refusal_view
                  where received_at >= :from and received_at < :to) entry
            group by 1, 2
            order by 2 desc, 1
            """.formatted(COUNTS);

    // Index: the partitions of these months
    private static final String REFUSALS = """
            select source_id, reason, count(*) as reports
            from intake.refusal_view
            where received_at >= :from and received_at < :to
            group by source_id, reason
            order by count(*) desc, source_id, reason
            """;

    private static final String CONSUMED = """
            select partition, next_offset from dispatch.consumed_partition_view where topic = :topic
            """;

    private static final String ACCOUNTED = """
            select topic, partition, next_offset from intake.accounted_partition_view
            """;

    private final JdbcClient jdbc;

    LedgerQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything there ever was; only the lines are those of the span. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Account allTime(Span span) {
        Counts counts = Row.list(jdbc.sql(TOTALS)
                        .param("received", Topics.REPORT_RECEIVED)
                        .param("rejected", Topics.REPORT_REJECTED))
                .stream()
                .map(LedgerQueries::counts)
                .reduce(Counts.NONE, Counts::plus);
        return new Account(counts, lines(span), refusals(span), consumed(), accounted());
    }

    /** What was received in the span. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Account of(Span span) {
        List<SourceHour> lines = lines(span);
        Counts counts = lines.stream().map(SourceHour::counts).reduce(Counts.NONE, Counts::plus);
        return new Account(counts, lines, refusals(span), consumed(), accounted());
    }

    private List<SourceHour> lines(Span span) {
        return Row.list(jdbc.sql(LINES)
                        .param("received", Topics.REPORT_RECEIVED)
                        .param("rejected", Topics.REPORT_REJECTED)
                        .param("by_hour_from", span.byHourFrom().atOffset(ZoneOffset.UTC))
                        .param("from", span.from().atOffset(ZoneOffset.UTC))
                        .param("to", span.to().atOffset(ZoneOffset.UTC)))
                .stream()
                .map(row -> new SourceHour(row.text("source_id"), row.instant("hour"), counts(row)))
                .toList();
    }

    private List<Refusals> refusals(Span span) {
        return Row.list(jdbc.sql(REFUSALS)
                        .param("from", span.from().atOffset(ZoneOffset.UTC))
                        .param("to", span.to().atOffset(ZoneOffset.UTC)))
                .stream()
                .map(row -> new Refusals(row.text("source_id"), row.text("reason"), row.longInteger("reports")))
                .toList();
    }

    private Map<Integer, Long> consumed() {
        Map<Integer, Long> consumed = new HashMap<>();
        Row.list(jdbc.sql(CONSUMED).param("topic", Topics.REPORT_RECEIVED))
                .forEach(row -> consumed.put(row.integer("partition"), row.longInteger("next_offset")));
        return consumed;
    }

    private Map<String, Map<Integer, Long>> accounted() {
        Map<String, Map<Integer, Long>> accounted = new HashMap<>();
        Row.list(jdbc.sql(ACCOUNTED))
                .forEach(row -> accounted
                        .computeIfAbsent(row.text("topic"), topic -> new HashMap<>())
                        .put(row.integer("partition"), row.longInteger("next_offset")));
        return accounted;
    }

    private static Counts counts(Row row) {
        return new Counts(
                row.longInteger("received"),
                row.longInteger("refused"),
                row.longInteger("opened"),
                row.longInteger("merged"),
                row.longInteger("rejected"),
                row.longInteger("parked"),
                row.longInteger("discarded"),
                row.longInteger("duplicates"));
    }
}
