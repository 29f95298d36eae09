package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Seconds of processor time, so far or in between.
 *
 * @param services the JVM of all services, with Kafka in it
 * @param postgres the server with all its connections and workers, also those that are gone
 * @param own this JVM
 */
record Cpu(double services, double postgres, double own) {

    /** Linux tells it in hundredths of a second, on every processor that Java 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;

    static Cpu now(long services, long postmaster) throws IOException {
        double postgres = seconds(postmaster);
        List<Long> connections = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
        for (long connection : connections) {
            postgres += seconds(connection);
        }
        return new Cpu(
                seconds(services), postgres, seconds(ProcessHandle.current().pid()));
    }

    Cpu since(Cpu before) {
        return new Cpu(services - before.services, postgres - before.postgres, own - before.own);
    }

    /** Of the process itself, in user and in kernel mode, and of its children that have ended. */
    static double seconds(long process) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        } catch (NoSuchFileException ended) {
            return 0;
        }
        // The name in parentheses may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int field = USER; field <= CHILDREN_SYSTEM; field++) {
            ticks += Double.parseDouble(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
