package org.citybrain.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.citybrain.migrations.MigrateDatabase;
import org.citybrain.migrations.ServiceLogin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka and PostGIS for the tests of one JVM: one broker and one cluster, each started when first asked for, both gone with
 * the JVM. Each test class asks for a database of its own.
 *
 * <pre>{@code
 * static final Database DATABASE = Infrastructure.shared().newDatabase();
 *
 * @DynamicPropertySource
 * static void settings(DynamicPropertyRegistry registry) {
 *     Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
 * }
 * }</pre>
 */
public final class Infrastructure {

    private static final Logger LOG = LoggerFactory.getLogger(Infrastructure.class);
    private static final String FOLDER_PREFIX = "city-brain-test-";
    private static final String TEMPLATE = "city_brain_template";

    private final Path folder;
    private final Map<ServiceLogin, String> passwords;
    private final AtomicInteger databases = new AtomicInteger();

    private Infrastructure(Path folder) {
        this.folder = folder;
        this.passwords = Arrays.stream(ServiceLogin.values())
                .collect(Collectors.toUnmodifiableMap(login -> login, login -> newPassword()));
    }

    /** The broker and the cluster of this JVM. Nothing is started yet by asking for them. */
    public static Infrastructure shared() {
        return Shared.INFRASTRUCTURE;
    }

    /** Host and port of the broker. It has no topics to begin with, and does not make any by itself. */
    public String kafkaBootstrapServers() {
        return SharedKafka.KAFKA.bootstrapServers();
    }

    /** The cluster itself, for tests that stop it under load. */
    public PrivatePostgis postgis() {
        return SharedPostgis.POSTGIS;
    }

    /** Makes tokens for whoever a test needs. */
    public TokenIssuer issuer() {
        return SharedIssuer.ISSUER;
    }

    /** A database with the newest schema and nothing in it. */
    public Database newDatabase() {
        PrivatePostgis postgis = SharedPostgis.POSTGIS;
        String name = "city_brain_" + databases.incrementAndGet();
        execute(postgis, "create database " + name + " template " + TEMPLATE);
        return database(postgis, name);
    }

    /** A database without any schema: what a first migration finds. The logins may be there already. */
    public Database newEmptyDatabase() {
        PrivatePostgis postgis = SharedPostgis.POSTGIS;
        String name = "city_brain_" + databases.incrementAndGet();
        execute(postgis, "create database " + name);
        return database(postgis, name);
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

    private Database database(PrivatePostgis postgis, String name) {
        return new Database(
                postgis.jdbcUrl(name), PrivatePostgis.ADMINISTRATOR, postgis.administratorPassword(), passwords);
    }

    private PrivatePostgis startPostgis() {
        var postgis = new PrivatePostgis(folder.resolve("postgis"), Ports.findFree(), newPassword(), Durability.FAST);
        postgis.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            postgis.stopImmediately();
            tidyUp("postgis");
        }));
        execute(postgis, "create database " + TEMPLATE);
        Database template = database(postgis, TEMPLATE);
        MigrateDatabase.migrate(
                template.jdbcUrl(), template.administrator(), template.administratorPassword(), passwords);
        return postgis;
    }

    private LocalKafka startKafka() {
        var kafka = new LocalKafka(folder.resolve("kafka"), Ports.findFree(), Ports.findFree());
        kafka.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kafka.stop();
            tidyUp("kafka");
        }));
        return kafka;
    }

    /** The two hooks run side by side: whichever ends last finds nothing but the empty folder. */
    private synchronized void tidyUp(String part) {
        deleteQuietly(folder.resolve(part));
        if (!Files.exists(folder.resolve("postgis")) && !Files.exists(folder.resolve("kafka"))) {
            deleteQuietly(folder);
        }
    }

    private static void execute(PrivatePostgis postgis, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        postgis.jdbcUrl("postgres"), PrivatePostgis.ADMINISTRATOR, postgis.administratorPassword());
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

    private static Path newFolder() {
        try {
            sweepAfterKilledJvms();
            return Files.createTempDirectory(
                    FOLDER_PREFIX + ProcessHandle.current().pid() + "-");
        } catch (IOException failure) {
            throw new CannotStart("cannot make a temporary folder: " + failure.getMessage(), failure);
        }
    }

    /** A JVM that was killed could not tidy up after itself: the next one does. */
    static void sweepAfterKilledJvms() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path left : folders.filter(Infrastructure::isOfADeadJvm).toList()) {
                LOG.info("Removing {}, left behind by a killed JVM", left);
                LeftOverServer.stop(left.resolve("postgis/data"));
                deleteQuietly(left);
            }
        }
    }

    private static boolean isOfADeadJvm(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(FOLDER_PREFIX + "[0-9]{1,10}-.*")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(FOLDER_PREFIX.length()).split("-", 2)[0]);
        return ProcessHandle.of(pid).isEmpty();
    }

    private static void deleteQuietly(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException failure) {
            LOG.warn("Cannot delete {}: {}", folder, failure.getMessage());
        }
    }

    private static final class Shared {
        static final Infrastructure INFRASTRUCTURE = new Infrastructure(newFolder());
    }

    private static final class SharedPostgis {
        static final PrivatePostgis POSTGIS = Shared.INFRASTRUCTURE.startPostgis();
    }

    private static final class SharedIssuer {
        static final TokenIssuer ISSUER = TokenIssuer.start();
    }

    private static final class SharedKafka {
        static final LocalKafka KAFKA = Shared.INFRASTRUCTURE.startKafka();
    }
}
