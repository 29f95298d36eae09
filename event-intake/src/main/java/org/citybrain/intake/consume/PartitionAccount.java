package org.citybrain.intake.consume;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.messages.RecordOrigin;
import org.citybrain.messages.Topics;

/**
 * What one poll brought of one partition.
 *
 * @param expectedOffset where the stored account must still stand
 * @param firstOffset of the first record that is new
 * @param nextOffset where it stands afterwards
 * @param counts how many records, by source and hour of receipt
 * @param refusals the records themselves, where the topic is report-rejected
 */
record PartitionAccount(
        TopicPartition partition,
        long expectedOffset,
        long firstOffset,
        long nextOffset,
        Map<SourceHour, Integer> counts,
        List<StoredRefusal> refusals) {

    /** @param hour its beginning */
    record SourceHour(String sourceId, Instant hour) {}

    /** The account of those records that lie at the expected offset or after it; none if all were accounted for before. */
    static Optional<PartitionAccount> of(
            TopicPartition partition, long expectedOffset, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<SourceHour, Integer> counts = new HashMap<>();
        List<StoredRefusal> refusals = new ArrayList<>();
        long firstOffset = -1;
        long nextOffset = expectedOffset;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < expectedOffset) {
                continue;
            }
            if (firstOffset < 0) {
                firstOffset = record.offset();
            }
            nextOffset = record.offset() + 1;
            var envelope = RecordOrigin.of(record);
            counts.merge(
                    new SourceHour(envelope.sourceId(), envelope.time().truncatedTo(ChronoUnit.HOURS)),
                    1,
                    Integer::sum);
            if (partition.topic().equals(Topics.REPORT_REJECTED)) {
                refusals.add(StoredRefusal.of(record, envelope));
            }
        }
        return firstOffset < 0
                ? Optional.empty()
                : Optional.of(
                        new PartitionAccount(partition, expectedOffset, firstOffset, nextOffset, counts, refusals));
    }
}
