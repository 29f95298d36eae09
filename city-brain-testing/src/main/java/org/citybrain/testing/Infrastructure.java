package org.citybrain.testing;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.migrations.MigrateDatabase;
import org.citybrain.migrations.ServiceLogin;
import org.jspecify.annotations.Nullable;

/**
 * Kafka and PostGIS for tests: one broker and one database server, each started when first asked for. Most tests take those
 * that their JVM shares, and a database of their own:
 *
 * <pre>{@code
 * static final Database DATABASE = Infrastructure.shared().newDatabase();
 *
 * @DynamicPropertySource
 * static void settings(DynamicPropertyRegistry registry) {
 *     Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
 * }
 * }</pre>
 *
 * <p>Whether the servers are this machine's own or containers, no test needs to know: {@link InfrastructureExtension} says
 * how it is decided, and ends the shared ones when all tests are done.
 */
public final class Infrastructure implements AutoCloseable {

    private static final String TEMPLATE = "city_brain_template";
    private static final Infrastructure SHARED = new Infrastructure();
    private static final AtomicBoolean SAID = new AtomicBoolean();

    static {
        // For a run that is broken off; in a run that ends, nothing is left to be closed by then.
        Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close));
    }

    private final Map<ServiceLogin, String> passwords = Arrays.stream(ServiceLogin.values())
            .collect(Collectors.toUnmodifiableMap(login -> login, login -> newPassword()));
    private int databases;
    private @Nullable Servers servers;
    private @Nullable DatabaseServer postgis;
    private @Nullable String kafkaBootstrapServers;
    private @Nullable TokenIssuer issuer;
    private @Nullable CannotStart failure;

    private Infrastructure() {}

    /** That of this JVM. Nothing is started yet by asking for it. */
    public static Infrastructure shared() {
        return SHARED;
    }

    /** One more, apart from the shared one, for a test that wants empty topics or stops the database. Whoever asks closes it. */
    public static Infrastructure ofItsOwn() {
        return new Infrastructure();
    }

    /** Host and port of the broker. It has no topics to begin with, and does not make any by itself. */
    public synchronized String kafkaBootstrapServers() {
        if (kafkaBootstrapServers == null) {
            kafkaBootstrapServers = start(() -> servers().startBroker());
        }
        return kafkaBootstrapServers;
    }

    /** The database server itself, for tests that stop it under load. */
    public synchronized DatabaseServer postgis() {
        if (postgis == null) {
            postgis = start(() -> {
                DatabaseServer started = servers().startDatabase(newPassword());
                makeTemplate(started);
                return started;
            });
        }
        return postgis;
    }

    /** Makes tokens for whoever a test needs. */
    public synchronized TokenIssuer issuer() {
        if (issuer == null) {
            issuer = TokenIssuer.start();
        }
        return issuer;
    }

    /** A database with the newest schema and nothing in it. */
    public Database newDatabase() {
        return newDatabase(" template " + TEMPLATE);
    }

    /** A database without any schema: what a first migration finds. The logins may be there already. */
    public Database newEmptyDatabase() {
        return newDatabase("");
    }

    /**
     * What the settings of every service ask their environment for: the broker, the issuer of tokens, the database and each
     * login's password.
     * Fit for the environment of a process and for Spring's property sources.
     */
    public Map<String, String> environment(Database database) {
        return Map.of(
                "CITY_BRAIN_KAFKA", kafkaBootstrapServers(),
                "CITY_BRAIN_ISSUER", issuer().url(),
                "CITY_BRAIN_DATABASE_URL", database.jdbcUrl(),
                "CITY_BRAIN_INTAKE_PASSWORD", database.password(ServiceLogin.INTAKE),
                "CITY_BRAIN_GRID_PASSWORD", database.password(ServiceLogin.GRID),
                "CITY_BRAIN_DISPATCH_PASSWORD", database.password(ServiceLogin.DISPATCH),
                "CITY_BRAIN_API_PASSWORD", database.password(ServiceLogin.API),
                "CITY_BRAIN_IDENTITY_PASSWORD", database.password(ServiceLogin.IDENTITY));
    }

    /** Stops all that was started. */
    @Override
    public synchronized void close() {
        if (issuer != null) {
            issuer.close();
        }
        if (servers != null) {
            servers.close();
        }
        issuer = null;
        servers = null;
        postgis = null;
        kafkaBootstrapServers = null;
    }

    /** Why a server could not be started, if one could not: whatever came of it, this is the reason. */
    synchronized Optional<CannotStart> failure() {
        return Optional.ofNullable(failure);
    }

    private synchronized Servers servers() {
        if (servers == null) {
            ServerKind kind = ServerKind.ofThisJvm();
            if (SAID.compareAndSet(false, true)) {
                System.out.println("Servers of these tests: " + kind.description());
            }
            servers = kind.newServers();
        }
        return servers;
    }

    /** What failed once is not tried again: to find that out may have taken long. */
    private synchronized <T> T start(Supplier<T> server) {
        if (failure != null) {
            throw failure;
        }
        try {
            return server.get();
        } catch (CannotStart cannotStart) {
            failure = cannotStart;
            throw cannotStart;
        }
    }

    private synchronized Database newDatabase(String options) {
        DatabaseServer server = postgis();
        databases++;
        String name = "city_brain_" + databases;
        execute(server, "create database " + name + options);
        return database(server, name);
    }

    private void makeTemplate(DatabaseServer server) {
        execute(server, "create database " + TEMPLATE);
        Database template = database(server, TEMPLATE);
        MigrateDatabase.migrate(
                template.jdbcUrl(), template.administrator(), template.administratorPassword(), passwords);
    }

    private Database database(DatabaseServer server, String name) {
        return new Database(
                server.jdbcUrl(name), PrivatePostgis.ADMINISTRATOR, server.administratorPassword(), passwords);
    }

    private static void execute(DatabaseServer server, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl("postgres"), PrivatePostgis.ADMINISTRATOR, server.administratorPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot run: " + sql, failure);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
