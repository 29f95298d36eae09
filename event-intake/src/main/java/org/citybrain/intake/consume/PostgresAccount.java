package org.citybrain.intake.consume;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of the account in the schema {@code intake}. A poll costs the same number of statements, however much it brings. */
@Repository
class PostgresAccount {

    private static final String BEGIN = """
            insert into intake.accounted_partition (topic, partition, next_offset)
            select topic, partition, 0 from unnest(:topics::text[], :partitions::integer[]) as p (topic, partition)
            on conflict (topic, partition) do nothing
            """;

    private static final String LIST_OFFSETS = """
            select a.topic, a.partition, a.next_offset
            from intake.accounted_partition a
            join unnest(:topics::text[], :partitions::integer[]) as p (topic, partition)
              on a.topic = p.topic and a.partition = p.partition
            """;

    private static final String MOVE = """
            update intake.accounted_partition a
            set next_offset = p.next_offset
            from unnest(:topics::text[], :partitions::integer[], :expected::bigint[], :next::bigint[])
                 as p (topic, partition, expected_offset, next_offset)
            where a.topic = p.topic and a.partition = p.partition and a.next_offset = p.expected_offset
            """;

    private static final String COUNT = """
            insert into intake.published_count (topic, partition, first_offset, source_id, hour, reports)
            select topic, partition, first_offset, source_id, hour, reports
            from unnest(:topics::text[], :partitions::integer[], :first_offsets::bigint[], :source_ids::text[],
                        :hours::timestamptz[], :reports::bigint[])
                 as c (topic, partition, first_offset, source_id, hour, reports)
            """;

    private static final String KEEP_REFUSALS = """
            insert into intake.refused_report (received_at, partition, record_offset, report_id, source_id, reason, detail,
                                               trace_id)
            select received_at, partition, record_offset, report_id, source_id, reason, detail, trace_id
            from unnest(:received_at::timestamptz[], :partitions::integer[], :offsets::bigint[], :report_ids::uuid[],
                        :source_ids::text[], :reasons::text[], :details::text[], :trace_ids::text[])
                 as r (received_at, partition, record_offset, report_id, source_id, reason, detail, trace_id)
            """;

    private static final String ENSURE_PARTITIONS =
            "select intake.ensure_partitions(:from::timestamptz, :to::timestamptz)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Set<YearMonth> monthsWithPartition = ConcurrentHashMap.newKeySet();

    PostgresAccount(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** How far these partitions have been accounted for; 0 for a new one. */
    Map<TopicPartition, Long> open(Collection<TopicPartition> partitions) {
        String[] topics = texts(partitions, TopicPartition::topic);
        String[] numbers = texts(partitions, TopicPartition::partition);
        jdbc.sql(BEGIN).param("topics", topics).param("partitions", numbers).update();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        jdbc.sql(LIST_OFFSETS)
                .param("topics", topics)
                .param("partitions", numbers)
                .query(row -> {
                    offsets.put(
                            new TopicPartition(row.getString("topic"), row.getInt("partition")),
                            row.getLong("next_offset"));
                });
        return offsets;
    }

    /**
     * Stores what a poll brought, all or nothing.
     *
     * @return false, and nothing is stored, if one of the partitions no longer stands where it was expected
     */
    boolean store(List<PartitionAccount> accounts) {
        if (accounts.isEmpty()) {
            return true;
        }
        List<StoredRefusal> refusals =
                accounts.stream().flatMap(a -> a.refusals().stream()).toList();
        ensurePartitions(refusals);
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            if (move(accounts) != accounts.size()) {
                transaction.setRollbackOnly();
                return false;
            }
            count(accounts);
            keep(refusals);
            return true;
        }));
    }

    private int move(List<PartitionAccount> accounts) {
        return jdbc.sql(MOVE)
                .param("topics", texts(accounts, a -> a.partition().topic()))
                .param("partitions", texts(accounts, a -> a.partition().partition()))
                .param("expected", texts(accounts, PartitionAccount::expectedOffset))
                .param("next", texts(accounts, PartitionAccount::nextOffset))
                .update();
    }

    private void count(List<PartitionAccount> accounts) {
        record Line(PartitionAccount account, PartitionAccount.SourceHour key, int reports) {}
        List<Line> lines = accounts.stream()
                .flatMap(a -> a.counts().entrySet().stream().map(e -> new Line(a, e.getKey(), e.getValue())))
                .toList();
        jdbc.sql(COUNT)
                .param("topics", texts(lines, l -> l.account().partition().topic()))
                .param("partitions", texts(lines, l -> l.account().partition().partition()))
                .param("first_offsets", texts(lines, l -> l.account().firstOffset()))
                .param("source_ids", texts(lines, l -> l.key().sourceId()))
                .param("hours", texts(lines, l -> l.key().hour()))
                .param("reports", texts(lines, Line::reports))
                .update();
    }

    private void keep(List<StoredRefusal> refusals) {
        jdbc.sql(KEEP_REFUSALS)
                .param("received_at", texts(refusals, StoredRefusal::receivedAt))
                .param("partitions", texts(refusals, StoredRefusal::partition))
                .param("offsets", texts(refusals, StoredRefusal::offset))
                .param("report_ids", texts(refusals, StoredRefusal::reportId))
                .param("source_ids", texts(refusals, StoredRefusal::sourceId))
                .param("reasons", texts(refusals, StoredRefusal::reason))
                .param("details", texts(refusals, StoredRefusal::detail))
                .param("trace_ids", texts(refusals, StoredRefusal::traceId))
                .update();
    }

    /** Once for each month that refusals come from: the month after it is made ahead of time. */
    private void ensurePartitions(List<StoredRefusal> refusals) {
        Stream<YearMonth> months =
                refusals.stream().map(r -> YearMonth.from(r.receivedAt().atOffset(ZoneOffset.UTC)));
        months.distinct().filter(month -> !monthsWithPartition.contains(month)).forEach(month -> {
            Instant from = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            Instant to = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            jdbc.sql(ENSURE_PARTITIONS)
                    .param("from", from.toString())
                    .param("to", to.toString())
                    .query((row, number) -> "done")
                    .list();
            monthsWithPartition.add(month);
        });
    }

    /** Arrays travel as text and are cast by the statement: the driver has no encoder for arrays of times and UUIDs. */
    private static <T> String[] texts(Collection<T> rows, Function<T, @Nullable Object> value) {
        return rows.stream()
                .map(row -> {
                    Object v = value.apply(row);
                    return v == null ? null : v.toString();
                })
                .toArray(String[]::new);
    }
}
