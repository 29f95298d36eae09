package org.citybrain.local;

import java.io.PrintStream;
import java.time.Duration;

/** What the person who started it sees while it starts: one line per step, said when the step begins and when it ends. */
final class Progress {

    private final PrintStream console;
    private final long began = System.nanoTime();

    Progress(PrintStream console) {
        this.console = console;
    }

    /** Runs a step and says how long it took. */
    void step(String name, String detail, Runnable step) {
        console.printf("  %-16s %-26s ", name, detail);
        console.flush();
        long before = System.nanoTime();
        step.run();
        console.printf("%5.1f s%n", seconds(before));
    }

    void say(String line) {
        console.println(line);
    }

    double secondsSoFar() {
        return seconds(began);
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }
}
