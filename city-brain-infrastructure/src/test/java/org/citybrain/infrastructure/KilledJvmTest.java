package org.citybrain.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@DisabledIfSystemProperty(
        named = "city-brain.test.infrastructure",
        matches = "containers",
        disabledReason = "starts the PostgreSQL that is installed on this machine")
class KilledJvmTest {

    @TempDir
    Path folder;

    @Test
    void a_killed_jvm_leaves_no_server_behind_and_loses_nothing_that_was_acknowledged() throws Exception {
        int kafkaPort = Ports.findFree();
        int controllerPort = Ports.findFree();
        int postgisPort = Ports.findFree();
        Process jvm = start(folder, kafkaPort, controllerPort, postgisPort);
        try {
            assertThat(jvm.inputReader().lines().anyMatch(JvmToBeKilled.READY::equals))
                    .isTrue();
            ProcessHandle server =
                    LeftOverServer.find(folder.resolve("postgis/data")).orElseThrow();

            jvm.destroyForcibly().waitFor();

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            LeftOverServer.find(folder.resolve("postgis/data")).isEmpty());
        } finally {
            jvm.destroyForcibly();
        }
        try (var kafka = new LocalKafka(folder.resolve("kafka"), kafkaPort, controllerPort);
                var postgis =
                        new PrivatePostgis(folder.resolve("postgis"), postgisPort, "secret", Durability.DURABLE)) {
            kafka.start();
            postgis.start();
            assertThat(readOne(kafka)).isEqualTo("acknowledged");
            assertThat(JdbcClient.create(new DriverManagerDataSource(postgis.jdbcUrl("postgres"), "postgres", "secret"))
                            .sql("select value from kept")
                            .query(String.class)
                            .list())
                    .containsExactly("committed");
        }
    }

    private static Process start(Path folder, int kafkaPort, int controllerPort, int postgisPort) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JvmToBeKilled.class.getName(),
                        folder.toString(),
                        Integer.toString(kafkaPort),
                        Integer.toString(controllerPort),
                        Integer.toString(postgisPort))
                .redirectError(Files.createFile(folder.resolve("jvm.err")).toFile())
                .start();
    }

    private static String readOne(LocalKafka kafka) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition("kept", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(30)).iterator().next().value();
        }
    }
}
