package org.citybrain.infrastructure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.infrastructure.PostgisPrograms.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL cluster with PostGIS of one's own, in a folder, on 127.0.0.1 only, open to nobody without a password.
 *
 * <p>The server is a process beside this JVM. When the JVM dies, a small guard process notices and stops the server; when
 * that fails too, the next {@link #start()} on the folder stops what is left over and recovers the data.
 */
public final class PrivatePostgis implements AutoCloseable {

    /** The name of the cluster's administrator. */
    public static final String ADMINISTRATOR = "postgres";

    private static final long SMALLEST_FREE_SPACE_BYTES = 300L * 1024 * 1024;
    private static final long LARGEST_LOG_BYTES = 20L * 1024 * 1024;
    private static final int PATIENCE_SECONDS = 300;
    /** The SQLSTATE of PostgreSQL for a database that is there already. */
    private static final String DUPLICATE_DATABASE = "42P04";

    private final Path folder;
    private final Path data;
    private final Path log;
    private final int port;
    private final String administratorPassword;
    private final Durability durability;
    private @Nullable PostgisPrograms programs;
    private @Nullable OutputStream guard;

    /** Whether what was committed survives a loss of power. The loss of a process it always survives. */
    public enum Durability {
        /** Every commit is forced to the disk. */
        DURABLE,
        /** Nothing is forced to the disk: faster, for tests only. */
        FAST
    }

    /**
     * @param folder where the cluster and its log lie; made when it is missing
     * @param port where it listens
     * @param administratorPassword taken when the cluster is made; the same must be given ever after
     */
    public PrivatePostgis(Path folder, int port, String administratorPassword, Durability durability) {
        this.folder = folder.toAbsolutePath();
        this.data = this.folder.resolve("data");
        this.log = this.folder.resolve("postgresql.log");
        this.port = port;
        this.administratorPassword = administratorPassword;
        this.durability = durability;
    }

    /** Whether PostgreSQL with PostGIS is installed on this machine. */
    public static boolean isInstalled() {
        return PostgisPrograms.areInstalled();
    }

    /** Stops what a killed JVM left running on this folder. */
    public static void stopLeftOver(Path folder) throws IOException {
        LeftOverServer.stop(folder.resolve("data"));
    }

    /**
     * Makes the cluster when the folder has none, and starts it; returns when it takes connections. A server that a
     * killed JVM left running on this folder is stopped first.
     *
     * @throws CannotStart when PostGIS is not installed, the port is taken or the disk is full
     */
    public synchronized void start() {
        releaseGuard();
        try {
            Files.createDirectories(folder);
            programs = PostgisPrograms.findFor(folder);
            FreeSpace.require(folder, SMALLEST_FREE_SPACE_BYTES, "PostgreSQL");
            LeftOverServer.stop(data);
            Ports.requireFree(port, "PostgreSQL");
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                createCluster(programs);
            }
            startServer(programs);
            guard = startGuard();
        } catch (IOException failure) {
            throw new CannotStart("PostgreSQL cannot start in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** Ends all sessions, rolls back what is open, and stops the server cleanly. */
    public synchronized void stop() {
        stop("fast");
    }

    /** Stops the server as a crash would: nothing is tidied up, the next start recovers from the log. */
    public synchronized void stopImmediately() {
        stop("immediate");
    }

    /** Stops the server cleanly and starts it again. */
    public synchronized void restart() {
        stop();
        start();
    }

    public synchronized boolean isRunning() {
        return LeftOverServer.find(data).isPresent();
    }

    /** The process id of the server, when it runs. */
    public Optional<Long> processId() {
        return LeftOverServer.find(data).map(ProcessHandle::pid);
    }

    /** Makes a database unless it is there. Its name must be a plain SQL name. */
    public void createDatabaseIfMissing(String database) {
        String create = "create database " + database;
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrl("postgres"), ADMINISTRATOR, administratorPassword);
                Statement statement = connection.createStatement()) {
            statement.execute(create);
        } catch (SQLException failure) {
            if (!DUPLICATE_DATABASE.equals(failure.getSQLState())) {
                throw new CannotStart(
                        "the database " + database + " cannot be made in " + folder + ": " + failure.getMessage(),
                        failure);
            }
        }
    }

    /** The address of one database of this cluster. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String administratorPassword() {
        return administratorPassword;
    }

    @Override
    public void close() {
        stop();
    }

    private void createCluster(PostgisPrograms programs) throws IOException {
        if (Files.exists(data)) {
            // initdb was interrupted: it writes PG_VERSION early, but an empty folder may be left.
            Folders.delete(data);
        }
        if (programs.runAsPostgresUser()) {
            giveToPostgresUser(folder);
        }
        Path passwordFile = Files.createTempFile(
                folder,
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path unfinished = folder.resolve("data.unfinished");
        Folders.delete(unfinished);
        try {
            Files.writeString(passwordFile, administratorPassword);
            if (programs.runAsPostgresUser()) {
                giveToPostgresUser(passwordFile);
            }
            Outcome made = programs.run(
                    folder,
                    "initdb",
                    "--pgdata=" + unfinished,
                    "--username=" + ADMINISTRATOR,
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "--no-instructions");
            if (!made.succeeded()) {
                throw cannotStart("cannot make its cluster", made.output());
            }
            // Only a finished cluster gets the name, so an interrupted start leaves nothing half-made.
            Files.move(unfinished, data);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private void startServer(PostgisPrograms programs) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
            Files.delete(log);
        }
        long logBefore = Files.exists(log) ? Files.size(log) : 0;
        Outcome started = programs.run(
                folder,
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--wait",
                "--timeout=" + PATIENCE_SECONDS,
                "--log=" + log,
                "--options=" + serverOptions());
        if (!started.succeeded()) {
            String printed = Files.exists(log)
                    ? Files.readString(log).substring((int) Math.min(logBefore, Files.size(log)))
                    : "";
            throw cannotStart("does not start", started.output() + printed);
        }
    }

    private String serverOptions() {
        return Stream.concat(
                        Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "port=" + port),
                        PostgisSettings.list(durability).stream())
                .map(setting -> "-c " + quoted(setting))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String setting) {
        return "'" + setting.replace("'", "'\\''") + "'";
    }

    /**
     * A shell that reads from this JVM until the JVM is gone, however it went, and then stops the server, if it still is
     * the one that was started here.
     */
    private OutputStream startGuard() throws IOException {
        long server = LeftOverServer.find(data)
                .orElseThrow(() -> cannotStart("does not start", "it ended right after its start"))
                .pid();
        // SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one.
        String signal = durability == Durability.DURABLE ? "INT" : "QUIT";
        String script = """
                trap '' INT TERM HUP
                while read -r nothing; do :; done
                [ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ] && kill -%s "$1"
                """.formatted(signal);
        return new ProcessBuilder("sh", "-c", script, "sh", Long.toString(server), data.toString())
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getOutputStream();
    }

    private void stop(String mode) {
        if (programs != null && isRunning()) {
            Outcome stopped = programs.run(
                    folder,
                    "pg_ctl",
                    "stop",
                    "--pgdata=" + data,
                    "--mode=" + mode,
                    "--wait",
                    "--timeout=" + PATIENCE_SECONDS);
            if (!stopped.succeeded() && isRunning()) {
                throw new IllegalStateException("PostgreSQL in " + folder + " does not stop: "
                        + stopped.output().strip());
            }
        }
        releaseGuard();
    }

    private void releaseGuard() {
        if (guard != null) {
            try (OutputStream released = guard) {
                released.flush();
            } catch (IOException alreadyGone) {
                // The guard has ended by itself: there is nothing left to release.
            }
            guard = null;
        }
    }

    private CannotStart cannotStart(String what, String output) {
        String lower = output.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device")) {
            return new CannotStart("the disk of " + folder + " is full: make room and start again");
        }
        if (lower.contains("address already in use")) {
            return new CannotStart(
                    "port " + port
                            + ", wanted for PostgreSQL, is taken by another program: stop that program, or choose another port");
        }
        if (lower.contains("permission denied")
                && PostgisPrograms.findFor(folder).runAsPostgresUser()) {
            return new CannotStart("PostgreSQL " + what + " because the user postgres cannot enter " + folder
                    + ": move the project to a folder that every user may enter (chmod a+x on each parent)");
        }
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        String reason = lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it printed nothing" : lines.getLast());
        return new CannotStart(
                "PostgreSQL " + what + " in " + folder + ": " + reason.strip() + " (its log is " + log + ")");
    }

    private static void giveToPostgresUser(Path path) {
        Outcome given = PostgisPrograms.run(Path.of("/"), List.of("chown", "postgres:", path.toString()));
        if (!given.succeeded()) {
            throw new CannotStart("cannot give " + path + " to the user postgres: "
                    + given.output().strip());
        }
    }
}
