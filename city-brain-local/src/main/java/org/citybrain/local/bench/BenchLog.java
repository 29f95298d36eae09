package org.citybrain.local.bench;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What a benchmark prints is its result: of the services that run in its JVM only trouble is told. */
final class BenchLog {

    /** Held, or its level would be forgotten. */
    private static final Logger ALL = Logger.getLogger("");

    private BenchLog() {}

    /** To be called before anything else. */
    static void quieten() {
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        ALL.setLevel(Level.SEVERE);
    }
}
