package org.citybrain.dispatch.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.ConsumedReport;

/** The records of one partition in a batch: from the first one to the one that comes next. */
public record OffsetRange(TopicPartition partition, long first, long next) {

    /** One range for each partition of a batch. */
    public static List<OffsetRange> of(List<ConsumedReport> reports) {
        Map<TopicPartition, OffsetRange> ranges = new LinkedHashMap<>();
        for (ConsumedReport report : reports) {
            TopicPartition partition = new TopicPartition(report.topic(), report.partition());
            ranges.merge(
                    partition,
                    new OffsetRange(partition, report.offset(), report.offset() + 1),
                    (range, one) -> new OffsetRange(partition, range.first(), one.next()));
        }
        return new ArrayList<>(ranges.values());
    }
}
