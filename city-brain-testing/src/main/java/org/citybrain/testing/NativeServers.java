package org.citybrain.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.infrastructure.Folders;
import org.citybrain.infrastructure.LocalKafka;
import org.citybrain.infrastructure.Ports;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker in this JVM and a cluster beside it, both in one temporary folder. */
final class NativeServers implements Servers {

    private static final Logger LOG = LoggerFactory.getLogger(NativeServers.class);
    private static final String FOLDER_PREFIX = "city-brain-test-";

    private final Path folder = newFolder();
    private @Nullable PrivatePostgis postgis;
    private @Nullable LocalKafka kafka;

    @Override
    public DatabaseServer startDatabase(String administratorPassword) {
        var starting =
                new PrivatePostgis(folder.resolve("postgis"), Ports.findFree(), administratorPassword, Durability.FAST);
        starting.start();
        postgis = starting;
        return new NativeDatabase(starting);
    }

    @Override
    public String startBroker() {
        var starting = new LocalKafka(folder.resolve("kafka"), Ports.findFree(), Ports.findFree());
        starting.start();
        kafka = starting;
        return starting.bootstrapServers();
    }

    @Override
    public void close() {
        if (postgis != null) {
            postgis.stopImmediately();
        }
        if (kafka != null) {
            kafka.stop();
        }
        deleteQuietly(folder);
    }

    /** A JVM that was killed could not tidy up after itself: the next one does. */
    static void sweepAfterKilledJvms() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path left : folders.filter(NativeServers::isOfADeadJvm).toList()) {
                LOG.info("Removing {}, left behind by a killed JVM", left);
                PrivatePostgis.stopLeftOver(left.resolve("postgis"));
                deleteQuietly(left);
            }
        }
    }

    private static Path newFolder() {
        try {
            sweepAfterKilledJvms();
            return Files.createTempDirectory(
                    FOLDER_PREFIX + ProcessHandle.current().pid() + "-");
        } catch (IOException failure) {
            throw new CannotStart("cannot make a temporary folder: " + failure.getMessage(), failure);
        }
    }

    private static boolean isOfADeadJvm(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(FOLDER_PREFIX + "[0-9]{1,10}-.*")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(FOLDER_PREFIX.length()).split("-", 2)[0]);
        return ProcessHandle.of(pid).isEmpty();
    }

    private static void deleteQuietly(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException failure) {
            LOG.warn("Cannot delete {}: {}", folder, failure.getMessage());
        }
    }

    private record NativeDatabase(PrivatePostgis postgis) implements DatabaseServer {

        @Override
        public String jdbcUrl(String database) {
            return postgis.jdbcUrl(database);
        }

        @Override
        public String administratorPassword() {
            return postgis.administratorPassword();
        }

        @Override
        public void stopImmediately() {
            postgis.stopImmediately();
        }

        @Override
        public void start() {
            postgis.start();
        }
    }
}
