package org.citybrain.infrastructure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The PostgreSQL processes that run on a data folder, whoever started them. Every PostgreSQL process works inside its data
 * folder, and that is how its own are told from a stranger that got a recycled process id.
 */
final class LeftOverServer {

    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(60);
    private static final Duration KILL = Duration.ofSeconds(20);

    private LeftOverServer() {}

    /** The server itself, if it runs: the process that {@code postmaster.pid} names. */
    static Optional<ProcessHandle> find(Path data) {
        return readServerId(data).flatMap(ProcessHandle::of).filter(server -> worksIn(server, data));
    }

    /**
     * Stops the server that a killed parent left behind, and those of its sessions that outlived the server; then removes
     * the file with its process id, which by now may be someone else's.
     */
    static void stop(Path data) throws IOException {
        Optional<ProcessHandle> server = find(data);
        if (server.isPresent()) {
            interrupt(server.get());
            awaitEnd(server.get(), data, FAST_SHUTDOWN);
        }
        for (ProcessHandle process : listAll(data)) {
            process.destroyForcibly();
            awaitEnd(process, data, KILL);
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private static Optional<Long> readServerId(Path data) {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8).stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,10}"))
                    .map(Long::valueOf);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static List<ProcessHandle> listAll(Path data) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> worksIn(process, data)).toList();
        }
    }

    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return process.isAlive()
                    && Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                            .equals(data.toRealPath());
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /** PostgreSQL's fast shutdown is SIGINT, which Java cannot send. */
    private static void interrupt(ProcessHandle server) {
        PostgisPrograms.run(Path.of("/"), List.of("kill", "-INT", Long.toString(server.pid())));
    }

    /** A dead process that nobody has collected yet counts as ended: it works in no folder any more. */
    private static void awaitEnd(ProcessHandle process, Path data, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (worksIn(process, data)) {
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                return;
            }
            try {
                process.onExit().get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillThere) {
                // Look again.
            } catch (ExecutionException failure) {
                throw new IllegalStateException("cannot wait for process " + process.pid(), failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CannotStart(
                        "interrupted while waiting for process " + process.pid() + " to end", interrupted);
            }
        }
    }
}
