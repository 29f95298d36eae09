package org.citybrain.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.infrastructure.PrivatePostgis;
import org.jspecify.annotations.Nullable;

/**
 * What the tests' database and broker are: {@code -Dcity-brain.test.infrastructure=native} or {@code containers}. Without a
 * word they are native where PostGIS is installed, and containers where only a Docker engine answers.
 */
enum ServerKind {
    /** PostgreSQL as a process of this machine, Kafka in the JVM of the tests. */
    NATIVE("PostgreSQL with PostGIS of this machine, and a Kafka broker in this JVM"),
    /** Containers from the {@link Images}. */
    CONTAINERS("containers of " + Images.POSTGIS + " and " + Images.KAFKA);

    static final String PROPERTY = "city-brain.test.infrastructure";

    private final String description;

    ServerKind(String description) {
        this.description = description;
    }

    /**
     * The kind that this JVM's tests run on. Docker is asked only when it matters.
     *
     * @throws CannotStart when the property names no kind, or there is neither PostGIS nor Docker
     */
    static ServerKind ofThisJvm() {
        return choose(System.getProperty(PROPERTY), PrivatePostgis::isInstalled, DockerEngine::answers);
    }

    static ServerKind choose(
            @Nullable String wanted, BooleanSupplier postgisIsInstalled, BooleanSupplier dockerAnswers) {
        if (wanted != null) {
            return named(wanted);
        }
        if (postgisIsInstalled.getAsBoolean()) {
            return NATIVE;
        }
        if (dockerAnswers.getAsBoolean()) {
            return CONTAINERS;
        }
        throw new CannotStart(
                "the tests find no database: neither is PostGIS installed nor does a Docker engine answer;"
                        + " run `apt-get install postgresql-15-postgis-3` as root, or start Docker");
    }

    /** Fails when the property holds a word that nobody knows, so that a slip of the pen does not pass for the default. */
    static void requireKnown() {
        String wanted = System.getProperty(PROPERTY);
        if (wanted != null) {
            named(wanted);
        }
    }

    String description() {
        return description;
    }

    /** Nothing is started yet. */
    Servers newServers() {
        return switch (this) {
            case NATIVE -> new NativeServers();
            case CONTAINERS -> new ContainerServers();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ServerKind named(String wanted) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CannotStart("there is no test infrastructure '" + wanted + "': expected "
                        + Arrays.stream(values()).map(ServerKind::toString).collect(Collectors.joining(" or "))
                        + " in -D" + PROPERTY));
    }
}
