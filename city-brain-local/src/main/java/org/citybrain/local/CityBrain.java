package org.citybrain.local;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.citybrain.infrastructure.CannotStart;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * City Brain on one machine: Kafka, the four services and an identity server in this JVM, PostGIS beside it, everything on 127.0.0.1. Its data
 * lie in one folder and survive its end, whatever the end was.
 */
public final class CityBrain {

    private CityBrain() {}

    /** Starts City Brain, says where it is, and runs until it is told to stop. Options: see {@link LocalSettings#parse}. */
    public static void main(String[] arguments) throws InterruptedException {
        LocalSettings settings;
        try {
            settings = LocalSettings.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Path log = LocalLog.begin(settings.folder());
        var progress = new Progress(System.out);
        var system = new LocalSystem(settings, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "close-city-brain"));
        try {
            system.start();
        } catch (CannotStart failure) {
            refuse(failure, failure.getMessage());
            return;
        } catch (RuntimeException failure) {
            refuse(failure, rootOf(failure).getMessage() + " (more in " + log + ")");
            return;
        }
        Welcome.print(settings, progress);
        new CountDownLatch(1).await();
    }

    private static void refuse(RuntimeException failure, @Nullable String sentence) {
        // No logger in a field: logging must not begin before its file is known.
        LoggerFactory.getLogger(CityBrain.class).error("Cannot start", failure);
        System.out.println();
        System.out.println("City Brain cannot start: " + sentence);
        System.exit(1);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
