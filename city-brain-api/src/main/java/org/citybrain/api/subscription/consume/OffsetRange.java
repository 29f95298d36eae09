package org.citybrain.api.subscription.consume;

import org.apache.kafka.common.TopicPartition;

/** The records of one partition that a batch holds: from the first offset to the one after the last. */
record OffsetRange(TopicPartition partition, long first, long next) {}
