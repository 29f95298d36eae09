package org.citybrain.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.infrastructure.LocalKafka;
import org.citybrain.infrastructure.Ports;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.citybrain.migrations.MigrateDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka, the four services and the identity server in this JVM, PostGIS beside it: all that one run has started, and the way to end it. */
final class LocalSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);
    private static final String DATABASE = "city_brain";

    private final LocalSettings settings;
    private final Progress progress;
    /** What was started, the last first: the order in which it is closed. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private boolean closed;

    LocalSystem(LocalSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Starts everything; returns when all services are ready.
     *
     * @throws CannotStart with one sentence for the person in front of the machine; what was started is stopped again
     */
    void start() {
        try {
            startAll();
        } catch (IOException failure) {
            close();
            throw new CannotStart("cannot write to " + settings.folder() + ": " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Closes everything in the reverse order of its start. Also in the middle of it: no further part is started then. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            AutoCloseable part = started.removeFirst();
            try {
                part.close();
            } catch (Exception failure) {
                LOG.error("Cannot close {}", part, failure);
            }
        }
    }

    private void startAll() throws IOException {
        Path folder = Files.createDirectories(settings.folder()).toRealPath();
        LocalPorts ports = settings.ports();
        ports.listOfServices().forEach(LocalSystem::requireFree);
        RunFile run = closeAtTheEnd(RunFile.claim(folder, ports));
        Passwords passwords = Passwords.readOrMake(folder);

        var kafka = closeAtTheEnd(new LocalKafka(folder.resolve("kafka"), ports.kafka(), ports.kafkaController()));
        progress.step("Kafka", kafka.bootstrapServers(), kafka::start);

        var postgis = closeAtTheEnd(new PrivatePostgis(
                folder.resolve("postgis"), ports.postgis(), passwords.administrator(), Durability.DURABLE));
        progress.step("PostGIS", "127.0.0.1:" + ports.postgis(), postgis::start);
        progress.step("database", "schemas, roles, policies", () -> migrate(postgis, passwords));

        closeAtTheEnd(new KeepPostgisRunning(postgis)).begin();

        var environment = new LocalEnvironment(
                ports,
                kafka.bootstrapServers(),
                postgis.jdbcUrl(DATABASE),
                passwords,
                folder.resolve("secrets"),
                settings.city());
        for (LocalService service : LocalService.values()) {
            progress.step(
                    service.applicationName(),
                    LocalPorts.url(service.port(ports)),
                    () -> closeAtTheEnd(service.start(environment)));
        }
        run.write(RunFile.State.READY);
    }

    private static void migrate(PrivatePostgis postgis, Passwords passwords) {
        postgis.createDatabaseIfMissing(DATABASE);
        MigrateDatabase.migrate(
                postgis.jdbcUrl(DATABASE),
                PrivatePostgis.ADMINISTRATOR,
                passwords.administrator(),
                passwords.ofServices());
    }

    private synchronized <T extends AutoCloseable> T closeAtTheEnd(T part) {
        started.addFirst(part);
        if (closed) {
            close();
            throw new CannotStart("it was stopped while it started");
        }
        return part;
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw new CannotStart("port " + port
                    + " is taken by another program: stop that program, or choose other ports with --port-base");
        }
    }
}
