package org.citybrain.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.citybrain.infrastructure.CannotStart;

/**
 * Says that a local run is there, where, and whether it is ready: {@code run} in its folder, lines of {@code name=value}
 * that the launcher reads. A lock beside it keeps a second run out of the same folder; a killed run leaves the file, never
 * the lock.
 */
final class RunFile implements AutoCloseable {

    enum State {
        STARTING,
        READY
    }

    private final Path file;
    private final LocalPorts ports;
    private final FileChannel channel;

    private RunFile(Path file, LocalPorts ports, FileChannel channel) {
        this.file = file;
        this.ports = ports;
        this.channel = channel;
    }

    static RunFile claim(Path folder, LocalPorts ports) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new CannotStart("another City Brain is running in " + folder + ": stop it first (./city-brain down)");
        }
        var run = new RunFile(folder.resolve("run"), ports, channel);
        run.write(State.STARTING);
        return run;
    }

    void write(State state) throws IOException {
        Path unfinished = file.resolveSibling("run.unfinished");
        Files.writeString(unfinished, """
                pid=%d
                state=%s
                portBase=%d
                """.formatted(ProcessHandle.current().pid(), state, ports.base()));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
