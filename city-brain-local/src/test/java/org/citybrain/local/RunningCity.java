package org.citybrain.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citybrain.local.simulate.CityClient;
import org.springframework.util.FileSystemUtils;

/** The whole system in the JVM of the tests, with the small demo city: started once, for all classes that ask for it. */
public final class RunningCity {

    private static final LocalSettings SETTINGS = settings();

    static {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // A test asks more in a second than a person would; the limits are tested with the gate.
        System.setProperty("city-brain.access.limit.person.per-second", "100000");
        System.setProperty("city-brain.access.limit.person.burst", "100000");
        // A test's own listener stands in for a subscriber's system.
        System.setProperty("city-brain.api.webhook.allowed-networks", "127.0.0.0/8");
        System.setProperty("city-brain.api.webhook.allow-http", "true");
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var system = new LocalSystem(SETTINGS, new Progress(silent));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            system.close();
            FileSystemUtils.deleteRecursively(SETTINGS.folder().toFile());
        }));
        system.start();
    }

    private RunningCity() {}

    public static LocalPorts ports() {
        return SETTINGS.ports();
    }

    public static Path folder() {
        return SETTINGS.folder();
    }

    public static CityClient client() {
        return new CityClient(ports(), SETTINGS.folder());
    }

    private static LocalSettings settings() {
        try {
            return new LocalSettings(Files.createTempDirectory("city-brain-it-"), FreePorts.find(), "small");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
