package org.citybrain.api.subscription.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far the topics have been worked off, in api.notice_offset: moved in the transaction that stores the notices. */
@Component
class PostgresNoticeOffsets {

    /** What has never been read begins at its beginning; what was deleted from the topic before it was read is gone. */
    private static final String BEGIN = """
            insert into api.notice_offset (topic, partition, next_offset)
            select * from unnest(:topics::text[], :partitions::int[], :offsets::bigint[])
            on conflict (topic, partition) do update set next_offset = excluded.next_offset
            where notice_offset.next_offset < excluded.next_offset
            """;

    private static final String FIND = """
            select topic, partition, next_offset from api.notice_offset
            where (topic, partition) in (select * from unnest(:topics::text[], :partitions::int[]))
            """;

    /** One row for each partition that was where the batch begins. */
    private static final String MOVE = """
            update api.notice_offset o set next_offset = moved.next
            from unnest(:topics::text[], :partitions::int[], :firsts::bigint[], :nexts::bigint[]) as moved (topic, partition, first, next)
            where o.topic = moved.topic and o.partition = moved.partition and o.next_offset = moved.first
            """;

    private final JdbcClient jdbc;

    PostgresNoticeOffsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    public Map<TopicPartition, Long> findOrBegin(Map<TopicPartition, Long> beginnings) {
        List<TopicPartition> partitions = List.copyOf(beginnings.keySet());
        jdbc.sql(BEGIN)
                .param("topics", topics(partitions))
                .param("partitions", numbers(partitions))
                .param("offsets", partitions.stream().map(beginnings::get).toArray(Long[]::new))
                .update();
        Map<TopicPartition, Long> stored = new HashMap<>();
        jdbc.sql(FIND)
                .param("topics", topics(partitions))
                .param("partitions", numbers(partitions))
                .query(row -> {
                    stored.put(
                            new TopicPartition(row.getString("topic"), row.getInt("partition")),
                            row.getLong("next_offset"));
                });
        return stored;
    }

    /** @throws StaleOffsets if one of them is not where the batch begins */
    void move(List<OffsetRange> ranges) {
        List<TopicPartition> partitions =
                ranges.stream().map(OffsetRange::partition).toList();
        int moved = jdbc.sql(MOVE)
                .param("topics", topics(partitions))
                .param("partitions", numbers(partitions))
                .param("firsts", ranges.stream().map(OffsetRange::first).toArray(Long[]::new))
                .param("nexts", ranges.stream().map(OffsetRange::next).toArray(Long[]::new))
                .update();
        if (moved != ranges.size()) {
            throw new StaleOffsets();
        }
    }

    private static String[] topics(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).toArray(String[]::new);
    }

    private static Integer[] numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
    }
}
