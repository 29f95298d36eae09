package org.citybrain.infrastructure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's own programs, and the way to run them. PostgreSQL refuses to run as root, so root gives up its rights
 * first: inside a user namespace of its own when the kernel allows one (the files then stay root's, in a folder that
 * nobody else needs to enter), else as the user {@code postgres}.
 */
final class PostgisPrograms {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-user=65534", "--map-group=65534");
    private static final List<String> POSTGRES_USER = List.of("runuser", "-u", "postgres", "--");

    private final Path binaries;
    private final List<String> prefix;

    private PostgisPrograms(Path binaries, List<String> prefix) {
        this.binaries = binaries;
        this.prefix = prefix;
    }

    /**
     * Finds the programs and the way to run them for a cluster in this folder.
     *
     * @throws CannotStart when PostGIS is not installed
     */
    static PostgisPrograms findFor(Path folder) {
        Path binaries = findBinaries()
                .orElseThrow(() -> new CannotStart(
                        "PostGIS is not installed: run `apt-get install postgresql-15-postgis-3` as root"));
        return new PostgisPrograms(binaries, findPrefix(folder));
    }

    static boolean areInstalled() {
        return findBinaries().isPresent();
    }

    /** Whether the cluster's files must belong to the user {@code postgres}. */
    boolean runAsPostgresUser() {
        return prefix.equals(POSTGRES_USER);
    }

    /** Runs one program to its end; its output and error output come back as one text. */
    Outcome run(Path folder, String program, String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    static Outcome run(Path folder, List<String> command) {
        try {
            // Into a file: a server that was started must not hold a pipe to this JVM open.
            Path output = Files.createTempFile("city-brain-", ".out");
            try {
                var builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().put("LC_ALL", "C.UTF-8");
                builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
                int exit = builder.start().waitFor();
                return new Outcome(exit, Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException failure) {
            throw new CannotStart("cannot run " + command.getFirst() + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while running " + String.join(" ", command), interrupted);
        }
    }

    private static Optional<Path> findBinaries() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .filter(version -> hasPostgis(version.getFileName().toString()))
                    .max(Comparator.comparingInt(version -> majorVersion(version)))
                    .map(version -> version.resolve("bin"));
        } catch (IOException failure) {
            throw new CannotStart("cannot read " + DEBIAN + ": " + failure.getMessage(), failure);
        }
    }

    private static boolean hasPostgis(String version) {
        return Files.exists(Path.of("/usr/share/postgresql", version, "extension/postgis.control"));
    }

    private static int majorVersion(Path version) {
        String name = version.getFileName().toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static List<String> findPrefix(Path folder) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (isOwnedByPostgres(folder)) {
            return POSTGRES_USER;
        }
        var probe = new ArrayList<>(NAMESPACE);
        probe.add("true");
        return run(Path.of("/"), probe).succeeded() ? NAMESPACE : POSTGRES_USER;
    }

    private static boolean isOwnedByPostgres(Path folder) {
        try {
            return Files.exists(folder)
                    && "postgres".equals(Files.getOwner(folder).getName());
        } catch (IOException failure) {
            throw new CannotStart("cannot read the owner of " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** How a program ended and what it printed. */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }
}
