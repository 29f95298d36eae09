package org.citybrain.local;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Logging is one for the whole JVM: everything goes to one rolling file, and nothing to the console. */
final class LocalLog {

    private LocalLog() {}

    /** Must come before the first line is logged. Returns the file. */
    static Path begin(Path folder) {
        Path logs = folder.toAbsolutePath().normalize().resolve("logs");
        System.setProperty("city-brain.logs", logs.toString());
        System.setProperty("logback.configurationFile", "city-brain-logback.xml");
        // Four contexts, one logging system: none of them may configure it.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat logs through java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return logs.resolve("city-brain.log");
    }
}
