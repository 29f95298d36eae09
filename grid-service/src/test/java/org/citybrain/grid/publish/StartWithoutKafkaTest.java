package org.citybrain.grid.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.grid.GridApplication;
import org.citybrain.infrastructure.LocalKafka;
import org.citybrain.infrastructure.Ports;
import org.citybrain.messages.GovernanceMapChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class StartWithoutKafkaTest {

    @Test
    void the_service_starts_and_announces_the_map_as_soon_as_kafka_is_there(@TempDir Path folder) {
        Database database = Infrastructure.shared().newDatabase();
        JdbcClient.create(database.administratorDataSource()).sql("""
                        insert into grid.map_version (effective_from, created_at, provenance, note)
                        values ('2026-01-01T00:00:00Z', now(), 'SYNTHETIC', 'a map of nothing')
                        """).update();
        int port = Ports.findFree();
        Map<String, String> environment = Infrastructure.shared().environment(database);

        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(GridApplication.class)
                        .properties("spring.config.name=grid-service")
                        .registerShutdownHook(false)
                        .run(
                                "--server.port=0",
                                "--CITY_BRAIN_DATABASE_URL=" + environment.get("CITY_BRAIN_DATABASE_URL"),
                                "--CITY_BRAIN_GRID_PASSWORD=" + environment.get("CITY_BRAIN_GRID_PASSWORD"),
                                "--CITY_BRAIN_KAFKA=127.0.0.1:" + port);
                LocalKafka kafka = new LocalKafka(folder, port, Ports.findFree())) {
            assertThat(service.isRunning()).isTrue();

            kafka.start();

            assertThat(firstMessage("127.0.0.1:" + port).mapVersion()).isEqualTo(1);
        }
    }

    /** Looks for the topic, which the service makes, twice a second. */
    private static GovernanceMapChanged firstMessage(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false, "metadata.max.age.ms", 500);
        TopicPartition partition = new TopicPartition(Topics.GOVERNANCE_MAP_CHANGED, 0);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(60))) {
                return MessageEnvelope.read(record, GovernanceMapChanged.class);
            }
            throw new AssertionError("nothing was announced");
        }
    }
}
