package org.citybrain.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One service in a process of its own, from its own runnable jar. */
final class ServiceProcess implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "test-logs");

    private final LocalService service;
    private final int port;
    private final Path log;
    private final Process jvm;

    private ServiceProcess(LocalService service, int port, Path log, Process jvm) {
        this.service = service;
        this.port = port;
        this.log = log;
        this.jvm = jvm;
    }

    /** Starts it; its health is not waited for. Its output goes to a file named after service and port. */
    static ServiceProcess start(LocalService service, int port, Map<String, String> environment) throws IOException {
        Path log = Files.createDirectories(LOGS).resolve(service.applicationName() + "-" + port + ".log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir="
                                + Files.createDirectories(
                                        Path.of("target", "tmp").toAbsolutePath()),
                        "-jar",
                        runnableJar(module(service)).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CITY_BRAIN_" + service + "_PORT", Integer.toString(port));
        return new ServiceProcess(service, port, log, builder.start());
    }

    ServiceProcess awaitHealthy() throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> isHealthy(http));
        }
        return this;
    }

    long pid() {
        return jvm.pid();
    }

    void kill() {
        jvm.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !jvm.isAlive());
    }

    private boolean isHealthy(HttpClient http) throws IOException, InterruptedException {
        if (!jvm.isAlive()) {
            throw new IllegalStateException(service.applicationName() + " did not start: " + Files.readString(log));
        }
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(LocalPorts.url(port) + "/actuator/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private static String module(LocalService service) {
        return service.applicationName().toLowerCase(Locale.ROOT);
    }

    private static Path runnableJar(String module) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("..", module, "target"))) {
            return jars.filter(jar -> jar.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(module + " has no runnable jar: build it first"));
        }
    }

    @Override
    public void close() {
        jvm.destroy();
        await().atMost(Duration.ofSeconds(60)).until(() -> !jvm.isAlive());
    }
}
