package org.citybrain.grid.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.grid.RunningGridService;
import org.citybrain.messages.GovernanceMapChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;

class AnnounceMapVersionTest extends RunningGridService {

    @Test
    void the_loaded_map_is_announced_as_a_cloud_event() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers());
        TopicPartition partition = new TopicPartition(Topics.GOVERNANCE_MAP_CHANGED, 0);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Iterator<ConsumerRecord<String, byte[]>> records =
                    consumer.poll(Duration.ofSeconds(30)).iterator();

            assertThat(records).hasNext();
            ConsumerRecord<String, byte[]> record = records.next();
            GovernanceMapChanged message = MessageEnvelope.read(record, GovernanceMapChanged.class);
            assertThat(message.mapVersion()).isEqualTo(1);
            assertThat(message.effectiveFrom()).hasToString("2023-06-29T16:00:00Z");
            assertThat(record.key()).isEqualTo("1");
            assertThat(new String(record.headers().lastHeader("ce_id").value())).isEqualTo("map-version-1");
        }
    }
}
