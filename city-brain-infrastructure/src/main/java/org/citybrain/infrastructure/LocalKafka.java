package org.citybrain.infrastructure;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker and its controller in this JVM, on 127.0.0.1 only.
 *
 * <p>What was acknowledged survives the end of the JVM, kill -9 included, in the given folder. Topics must be created
 * before they are used. The same folder must come back with the same controller port.
 */
public final class LocalKafka implements AutoCloseable {

    private static final long SMALLEST_FREE_SPACE_BYTES = 200L * 1024 * 1024;

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    /**
     * @param folder where its data lie; made when it is missing
     * @param port where clients connect
     * @param controllerPort where the broker talks to its own controller
     */
    public LocalKafka(Path folder, int port, int controllerPort) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /**
     * Starts the broker; returns when it takes requests.
     *
     * @throws CannotStart when a port is taken, the disk is full or the folder is in use
     */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        Ports.requireFree(port, "Kafka");
        Ports.requireFree(controllerPort, "Kafka's controller");
        try {
            Files.createDirectories(folder);
            FreeSpace.require(folder, SMALLEST_FREE_SPACE_BYTES, "Kafka");
            formatWhenNew();
            var starting = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (CannotStart failure) {
            throw failure;
        } catch (Exception failure) {
            throw new CannotStart(
                    "Kafka cannot start in " + folder + ": " + failure.getMessage()
                            + "; if another process uses this folder, stop it first",
                    failure);
        }
    }

    /** Stops the broker and writes everything to disk. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    public synchronized boolean isRunning() {
        return server != null;
    }

    /** Host and port for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop();
    }

    private void formatWhenNew() throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .run();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(KafkaSettings.map());
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "CLIENT://127.0.0.1:" + port,
                "listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "CLIENT",
                "log.dirs", folder.toString()));
        return settings;
    }
}
