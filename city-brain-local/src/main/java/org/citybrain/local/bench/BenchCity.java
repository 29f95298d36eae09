package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.citybrain.grid.GridApplication;
import org.citybrain.infrastructure.Ports;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.citybrain.local.secret.RandomPassword;
import org.citybrain.messages.Tier;
import org.citybrain.migrations.MigrateDatabase;
import org.citybrain.migrations.ServiceLogin;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A demo city in a PostGIS of its own, loaded by grid-service as in a run of the system. */
public final class BenchCity implements AutoCloseable {

    private static final String DATABASE = "city_brain";
    private static final int FETCH_SIZE = 2_000;

    /** In the order of codes. */
    private static final String UNITS = """
            select code, population, st_asbinary(boundary) as boundary
            from grid.unit_view
            where tier = ? and valid_from <= now() and (valid_to is null or valid_to > now())
            order by code
            """;

    private final String city;
    private final PrivatePostgis postgis;
    private final Map<ServiceLogin, String> passwords;
    private final double loadSeconds;

    private BenchCity(String city, PrivatePostgis postgis, Map<ServiceLogin, String> passwords, double loadSeconds) {
        this.city = city;
        this.postgis = postgis;
        this.passwords = new EnumMap<>(passwords);
        this.loadSeconds = loadSeconds;
    }

    /** Loads the city into a database of its own in a folder. Whoever asks closes it. */
    public static BenchCity load(Path folder, String city) {
        PrivatePostgis postgis =
                new PrivatePostgis(folder.resolve("postgis"), Ports.findFree(), RandomPassword.next(), Durability.FAST);
        try {
            postgis.start();
            Map<ServiceLogin, String> passwords = new EnumMap<>(ServiceLogin.class);
            for (ServiceLogin login : ServiceLogin.values()) {
                passwords.put(login, RandomPassword.next());
            }
            postgis.createDatabaseIfMissing(DATABASE);
            MigrateDatabase.migrate(
                    postgis.jdbcUrl(DATABASE),
                    PrivatePostgis.ADMINISTRATOR,
                    postgis.administratorPassword(),
                    passwords);
            System.out.println("Loading the demo city '" + city + "' …");
            long before = System.nanoTime();
            String password = passwords.getOrDefault(ServiceLogin.GRID, "");
            start(city, postgis, password, "--city-brain.grid.tile.prepare-every=0s")
                    .close();
            double seconds = (System.nanoTime() - before) / 1e9;
            System.out.printf("Loaded in %.1f s, the start of grid-service included.%n", seconds);
            return new BenchCity(city, postgis, passwords, seconds);
        } catch (RuntimeException failure) {
            postgis.close();
            throw failure;
        }
    }

    /** Starts grid-service again. Whoever asks closes it. */
    ConfigurableApplicationContext start() {
        return start(city, postgis, password(ServiceLogin.GRID));
    }

    /** The service is ready when the city is there. Nobody has to hear of it: there is no Kafka. */
    private static ConfigurableApplicationContext start(
            String city, PrivatePostgis postgis, String password, String... settings) {
        return new SpringApplicationBuilder(GridApplication.class)
                .properties("spring.config.name=grid-service")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--spring.flyway.enabled=false",
                                        "--spring.kafka.admin.auto-create=false",
                                        "--city-brain.grid.demo-city=" + city,
                                        "--CITY_BRAIN_KAFKA=127.0.0.1:1",
                                        "--CITY_BRAIN_DATABASE_URL=" + postgis.jdbcUrl(DATABASE),
                                        "--CITY_BRAIN_GRID_PASSWORD=" + password),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    public String jdbcUrl() {
        return postgis.jdbcUrl(DATABASE);
    }

    /** Another database of the same server, with the same tables and logins and nothing in them. */
    String makeAnother(String database) {
        postgis.createDatabaseIfMissing(database);
        MigrateDatabase.migrate(
                postgis.jdbcUrl(database), PrivatePostgis.ADMINISTRATOR, postgis.administratorPassword(), passwords);
        return postgis.jdbcUrl(database);
    }

    /** Into another database. As the administrator, with more of the driver's settings. Whoever asks closes it. */
    Connection connect(String database, String settings) throws SQLException {
        return DriverManager.getConnection(
                postgis.jdbcUrl(database) + "?" + settings,
                PrivatePostgis.ADMINISTRATOR,
                postgis.administratorPassword());
    }

    /** Of all processes of the server so far, and of this JVM, in which the services are. */
    Cpu cpu() throws IOException {
        return cpu(0);
    }

    /** The same, and of a process that stands for the services. */
    Cpu cpu(long services) throws IOException {
        return Cpu.now(services, postgis.processId().orElseThrow());
    }

    public String password(ServiceLogin login) {
        return passwords.getOrDefault(login, "");
    }

    double loadSeconds() {
        return loadSeconds;
    }

    /** As the administrator. Whoever asks closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgis.jdbcUrl(DATABASE), PrivatePostgis.ADMINISTRATOR, postgis.administratorPassword());
    }

    /** Gives all units of a tier, in the order of their codes. */
    void forEachUnit(Tier tier, TakeUnit takeUnit) {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(UNITS)) {
            connection.setAutoCommit(false);
            select.setFetchSize(FETCH_SIZE);
            select.setString(1, tier.name());
            WKBReader reader = new WKBReader();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    takeUnit.take(
                            row.getString("code"), row.getLong("population"), reader.read(row.getBytes("boundary")));
                }
            }
        } catch (SQLException | ParseException failure) {
            throw new IllegalStateException("the units cannot be read", failure);
        }
    }

    @Override
    public void close() {
        postgis.close();
    }

    /** @see #forEachUnit */
    interface TakeUnit {
        void take(String code, long population, Geometry boundary);
    }
}
