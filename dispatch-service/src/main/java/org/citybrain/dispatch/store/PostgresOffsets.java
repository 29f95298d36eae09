package org.citybrain.dispatch.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.StaleOffsets;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far each partition has been worked off, in dispatch.consumed_partition. */
@Component
public class PostgresOffsets implements StoredOffsets {

    private static final Logger log = LoggerFactory.getLogger(PostgresOffsets.class);

    private static final String BEGIN = """
            insert into dispatch.consumed_partition (topic, partition, next_offset)
            select * from unnest(:topics, :partitions, :beginnings)
            on conflict (topic, partition) do update
            set next_offset = excluded.next_offset
            where consumed_partition.next_offset < excluded.next_offset
            """;

    private static final String FIND = """
            select topic, partition, next_offset
            from dispatch.consumed_partition
            where (topic, partition) in (select * from unnest(:topics, :partitions))
            """;

    /** One row for each partition that was where the batch begins. */
    private static final String MOVE = """
            update dispatch.consumed_partition c
            set next_offset = moved.next
            from unnest(:topics, :partitions, :firsts, :nexts) as moved (topic, partition, first, next)
            where c.topic = moved.topic and c.partition = moved.partition and c.next_offset = moved.first
            """;

    private final JdbcClient jdbc;

    PostgresOffsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public Map<TopicPartition, Long> findOrBegin(Map<TopicPartition, Long> beginnings) {
        List<TopicPartition> partitions = List.copyOf(beginnings.keySet());
        find(partitions).forEach((partition, stored) -> {
            long beginning = beginnings.getOrDefault(partition, stored);
            if (stored < beginning) {
                log.error(
                        "{}: the records {} to {} were deleted from the topic before they were processed; going on at {}",
                        partition,
                        stored,
                        beginning - 1,
                        beginning);
            }
        });
        jdbc.sql(BEGIN)
                .param("topics", topics(partitions))
                .param("partitions", numbers(partitions))
                .param("beginnings", partitions.stream().map(beginnings::get).toArray(Long[]::new))
                .update();
        return find(partitions);
    }

    /**
     * Moves each partition from the batch's first offset to its next one.
     *
     * @throws StaleOffsets if one of them is not where the batch begins
     */
    void move(List<OffsetRange> ranges) {
        List<TopicPartition> partitions =
                ranges.stream().map(OffsetRange::partition).toList();
        int moved = jdbc.sql(MOVE)
                .param("topics", topics(partitions))
                .param("partitions", numbers(partitions))
                .param("firsts", offsets(ranges, OffsetRange::first))
                .param("nexts", offsets(ranges, OffsetRange::next))
                .update();
        if (moved != ranges.size()) {
            throw new StaleOffsets(find(partitions));
        }
    }

    @Override
    public Map<TopicPartition, Long> find(Collection<TopicPartition> wanted) {
        List<TopicPartition> partitions = List.copyOf(wanted);
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

    private static String[] topics(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).toArray(String[]::new);
    }

    private static Integer[] numbers(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
    }

    private static Long[] offsets(List<OffsetRange> ranges, Function<OffsetRange, Long> which) {
        return ranges.stream().map(which).toArray(Long[]::new);
    }
}
