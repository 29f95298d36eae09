package org.citybrain.dispatch.consume;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where each partition goes on, as stored beside the data; Kafka's own committed offsets only serve the display of the lag. */
public interface StoredOffsets {

    /**
     * The stored offset of each of these partitions.
     *
     * @param beginnings where each partition begins: stored, and returned, for those that have never been read
     */
    Map<TopicPartition, Long> findOrBegin(Map<TopicPartition, Long> beginnings);
}
