package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Memory that a system takes, in bytes: of each process its proportional share of what it shares with others, so that PostgreSQL's buffers count once.
 *
 * @param services the JVM of all services, with Kafka in it
 * @param postgres the server with all its connections and workers
 */
record SystemMemory(long services, long postgres) {

    static SystemMemory now(BenchSystem system) throws IOException {
        long postmaster = system.postmaster();
        List<Long> processes = new ArrayList<>(List.of(postmaster));
        ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .forEach(processes::add);
        long postgres = 0;
        for (long process : processes) {
            postgres += share(process);
        }
        return new SystemMemory(share(system.services()), postgres);
    }

    long all() {
        return services + postgres;
    }

    private static long share(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }
}
