package org.citybrain.local.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * What a figure was measured on.
 *
 * @param load of all processes over the last minute, before the benchmark began: above the number of cores others were at work
 */
record Machine(String processor, int cores, long memoryGigabytes, String java, double load, Instant at) {

    static Machine here() throws IOException {
        return new Machine(
                find(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(find(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "")) / 1_000_000,
                Runtime.version().toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    String describe() {
        return "%d cores of %s, %d GB, Java %s, load %.1f before, %s"
                .formatted(cores, processor, memoryGigabytes, java, load, at);
    }

    private static String find(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }
}
