package org.citybrain.grid.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.messages.GovernanceMapChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Infrastructure;

/** What was announced on the shared broker. */
public record AnnouncedMap(String key, String id, GovernanceMapChanged message) {

    /** Waits for the first that is meant, from the topic's beginning on. */
    public static AnnouncedMap await(Predicate<GovernanceMapChanged> meant) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers());
        TopicPartition partition = new TopicPartition(Topics.GOVERNANCE_MAP_CHANGED, 0);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long began = System.nanoTime();
            while (System.nanoTime() - began < Duration.ofSeconds(30).toNanos()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    GovernanceMapChanged message = MessageEnvelope.read(record, GovernanceMapChanged.class);
                    if (meant.test(message)) {
                        return new AnnouncedMap(
                                record.key(),
                                new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8),
                                message);
                    }
                }
            }
        }
        throw new AssertionError("it was not announced");
    }
}
