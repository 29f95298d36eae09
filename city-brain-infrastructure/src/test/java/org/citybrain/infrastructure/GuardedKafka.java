package org.citybrain.infrastructure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker as {@code docs/kafka/broker.properties} says, with that file's names, passwords and rights; only the network is
 * this machine's own, so there is no TLS.
 */
final class GuardedKafka implements AutoCloseable {

    static final Path DOCS = Path.of("../docs/kafka").toAbsolutePath().normalize();

    private static final String PASSWORD_OF_BROKER = "broker-secret";

    private final Path folder;
    private final int port = Ports.findFree();
    private final KafkaRaftServer server;

    GuardedKafka(Path folder) throws Exception {
        this.folder = folder;
        format();
        server = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        server.startup();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Of the one who may do everything. */
    Map<String, Object> superUser() {
        return client("broker", PASSWORD_OF_BROKER);
    }

    /** How a client with this name and password connects. */
    Map<String, Object> client(String name, String password) {
        return Map.of(
                "bootstrap.servers",
                address(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(name, password));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private void format() throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .setScramArguments(List.of("SCRAM-SHA-512=[name=broker,password=" + PASSWORD_OF_BROKER + "]"))
                .run();
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = new HashMap<>(documented());
        int controllerPort = Ports.findFree();
        settings.keySet().removeIf(key -> key.startsWith("ssl.") || key.startsWith("config.providers"));
        settings.putAll(Map.of(
                "listeners", "CLIENT://" + address() + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "CLIENT://" + address(),
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "process.roles", "broker,controller",
                "node.id", "1",
                "log.dirs", folder.toString(),
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0"));
        settings.computeIfPresent(
                "listener.security.protocol.map", (key, value) -> value.replace("SASL_SSL", "SASL_PLAINTEXT"));
        settings.replaceAll((key, value) -> value.replaceAll("\\$\\{file:[^}]*}", PASSWORD_OF_BROKER));
        return settings;
    }

    private static Map<String, String> documented() throws IOException {
        var properties = new Properties();
        try (Reader file = Files.newBufferedReader(DOCS.resolve("broker.properties"))) {
            properties.load(file);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }
}
