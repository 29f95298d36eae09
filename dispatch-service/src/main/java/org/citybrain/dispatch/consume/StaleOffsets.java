package org.citybrain.dispatch.consume;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The stored offsets are not where this batch begins: it was processed already, in part or by another instance. */
public class StaleOffsets extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param storedOffsets where each of the batch's partitions really goes on */
    public StaleOffsets(Map<TopicPartition, Long> storedOffsets) {
        super("the batch does not begin at the stored offsets " + storedOffsets);
    }
}
