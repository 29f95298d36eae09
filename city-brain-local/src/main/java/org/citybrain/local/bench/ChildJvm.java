package org.citybrain.local.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another JVM of the same class path. It ends with this one: its standard input ends then. */
final class ChildJvm implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;
    private static final String HEAP = "512m";
    private static final String READY = "READY";

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private ChildJvm(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * @param answers whether it is told by lines, and answers by lines; what another one prints nobody reads
     * @param environment what is not for everybody's eyes, as arguments are
     */
    static ChildJvm start(
            Class<?> main, Path log, boolean answers, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.timezone=UTC",
                "-Dlogback.configurationFile=bench-logback.xml",
                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        if (!answers) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        ChildJvm child = new ChildJvm(builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroyForcibly));
        return child;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a line and waits for the one that answers it. */
    double ask(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        return Double.parseDouble(read());
    }

    /** Returns when the other one answers orders. */
    ChildJvm awaitReady() throws IOException {
        String first = read();
        if (!first.equals(READY)) {
            throw new IOException("a process of the benchmark does not start: " + first);
        }
        return this;
    }

    /** For the other one: tells that it is ready, then answers each line of its standard input by one line, until there are no more. */
    static void answer(Orders orders) throws Exception {
        PrintStream answers = System.out;
        answers.println(READY);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = lines.readLine(); order != null; order = lines.readLine()) {
                answers.println(orders.obey(List.of(order.split(" ", -1))));
            }
        }
    }

    /** What the other one does when it is told to. */
    interface Orders {
        double obey(List<String> words) throws Exception;
    }

    private String read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a process of the benchmark has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
