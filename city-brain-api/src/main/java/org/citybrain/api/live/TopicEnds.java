package org.citybrain.api.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the partitions of some topics ended at one moment. A topic that does not exist has no partitions.
 *
 * @param topics by topic and partition, the offset that the next record will get: as no record is ever taken back, also how
 *     many there were
 */
public record TopicEnds(Map<String, Map<Integer, Long>> topics) {

    public TopicEnds {
        topics = topics.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Map.copyOf(e.getValue())));
    }

    /** The partitions of a topic and their ends, the lowest partition first. */
    public Map<Integer, Long> of(String topic) {
        return new TreeMap<>(topics.getOrDefault(topic, Map.of()));
    }

    boolean hold(String topic, int partition, long offset) {
        return offset < of(topic).getOrDefault(partition, 0L);
    }
}
