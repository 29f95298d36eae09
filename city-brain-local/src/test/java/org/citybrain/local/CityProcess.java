package org.citybrain.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.citybrain.infrastructure.PrivatePostgis;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The whole system as processes of its own, the way {@code ./city-brain up} starts it, so that it can be killed. */
final class CityProcess implements AutoCloseable {

    private final Path folder;
    private final LocalPorts ports;
    private final Process jvm;

    private CityProcess(Path folder, LocalPorts ports, Process jvm) {
        this.folder = folder;
        this.ports = ports;
        this.jvm = jvm;
    }

    /** Starts it on a folder, which may hold the data of one that was killed; returns when it is ready. */
    static CityProcess start(Path folder, LocalPorts ports) throws IOException {
        Path console = Files.createDirectories(folder).resolve("console.log");
        Files.deleteIfExists(folder.resolve("run"));
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx600m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CityBrain.class.getName(),
                        "--folder",
                        folder.toString(),
                        "--port-base",
                        Integer.toString(ports.base()))
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        var process = new CityProcess(folder, ports, jvm);
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> process.isReady(console));
        } catch (RuntimeException | Error failure) {
            process.kill();
            throw failure;
        }
        return process;
    }

    private boolean isReady(Path console) throws IOException {
        if (!jvm.isAlive()) {
            throw new IllegalStateException("it did not start: " + Files.readString(console));
        }
        Path run = folder.resolve("run");
        return Files.exists(run) && Files.readString(run).contains("state=READY");
    }

    /** {@code kill -9} of every process at once: the JVM, the database's server and sessions, the database's guard. */
    void kill() {
        List<ProcessHandle> all = Stream.of(jvm.descendants(), databaseProcesses(), Stream.of(jvm.toHandle()))
                .flatMap(processes -> processes)
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !jvm.isAlive() && databaseProcesses().findAny().isEmpty());
    }

    /** The database, behind the services' back. */
    DataSource administratorDataSource() throws IOException {
        return new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + ports.postgis() + "/city_brain",
                PrivatePostgis.ADMINISTRATOR,
                Passwords.readOrMake(folder).administrator());
    }

    private Stream<ProcessHandle> databaseProcesses() {
        Path data = folder.resolve("postgis/data");
        return ProcessHandle.allProcesses().filter(process -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                        .equals(data.toRealPath());
            } catch (IOException goneOrNotOurs) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        jvm.destroy();
        await().atMost(Duration.ofSeconds(60)).until(() -> !jvm.isAlive());
        kill();
    }
}
