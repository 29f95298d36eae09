package org.citybrain.dispatch.consume;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where each partition goes on, as stored beside the data; Kafka's own committed offsets only serve the display of the lag. */
public interface StoredOffsets {

    /** The stored offset of each of these partitions that has ever been read. */
    Map<TopicPartition, Long> find(Collection<TopicPartition> partitions);

    /**
     * The stored offset of each of these partitions.
     *
     * @param beginnings where each partition begins: stored, and returned, for those that have never been read, and for those whose
     *     next record was deleted before it was processed, which is said in the log and leaves the ledger unbalanced
     */
    Map<TopicPartition, Long> findOrBegin(Map<TopicPartition, Long> beginnings);
}
