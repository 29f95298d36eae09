package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.messages.IncidentChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;

/**
 * All that lies on incident-changed, judged as a reader would: what comes for the first time comes in the order of the
 * incident's timeline and versions, and what comes again has the id that it had before.
 */
final class PublishedTimeline {

    private final Map<UUID, Map<Long, String>> messageIds = new HashMap<>();
    private final Map<UUID, Last> last = new HashMap<>();
    private final Set<String> allIds = new HashSet<>();
    private int repeats;

    private record Last(long sequence, int version) {}

    /** Reads the topic from its beginning to its present end. */
    static PublishedTimeline read(String bootstrapServers) {
        var timeline = new PublishedTimeline();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.INCIDENT_CHANGED).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(timeline::judge);
            }
        }
        return timeline;
    }

    /** How many different lines of timelines were published. */
    int lines() {
        return allIds.size();
    }

    /** How many messages were published again. */
    int repeats() {
        return repeats;
    }

    private void judge(ConsumerRecord<String, byte[]> record) {
        IncidentChanged change = MessageEnvelope.read(record, IncidentChanged.class);
        String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        UUID incident = change.incidentId();
        assertThat(record.key()).isEqualTo(incident.toString());

        String before =
                messageIds.computeIfAbsent(incident, i -> new HashMap<>()).putIfAbsent(change.sequence(), id);
        if (before != null) {
            assertThat(id).as("the id of a message that came again").isEqualTo(before);
            repeats++;
            return;
        }
        assertThat(allIds.add(id))
                .as("a message id of its own for each line: %s", id)
                .isTrue();
        Last previous =
                last.put(incident, new Last(change.sequence(), change.incident().version()));
        if (previous != null) {
            assertThat(change.sequence())
                    .as("the next line of incident %s", incident)
                    .isGreaterThan(previous.sequence());
            assertThat(change.incident().version())
                    .as("the version of incident %s", incident)
                    .isBetween(previous.version(), previous.version() + 1);
        }
    }
}
