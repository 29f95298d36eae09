package org.citybrain.local.bench;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.local.FetchKey;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.secret.RandomPassword;
import org.citybrain.migrations.MigrateDatabase;
import org.citybrain.migrations.ServiceLogin;

/** A system that is up for a benchmark: its ports, its database, its processes. */
final class BenchSystem {

    static final String DATABASE = "city_brain";

    private final Path folder;
    private final LocalPorts ports;
    private final Properties passwords = new Properties();

    BenchSystem(Path folder, LocalPorts ports) throws IOException {
        this.folder = folder;
        this.ports = ports;
        passwords.load(new StringReader(Files.readString(folder.resolve("secrets/passwords"))));
    }

    Path folder() {
        return folder;
    }

    LocalPorts ports() {
        return ports;
    }

    /** As the administrator. Whoever asks closes it. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                url(database), PrivatePostgis.ADMINISTRATOR, passwords.getProperty("administrator"));
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgis() + "/" + database;
    }

    String password(ServiceLogin login) {
        return passwords.getProperty(login.name().toLowerCase(Locale.ROOT), "");
    }

    /** Another database of the same server, with the same tables and logins and nothing in them. */
    void makeAnother(String database) throws SQLException {
        try (Connection connection = connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        Map<ServiceLogin, String> all = new EnumMap<>(ServiceLogin.class);
        for (ServiceLogin login : ServiceLogin.values()) {
            all.put(login, password(login).isEmpty() ? RandomPassword.next() : password(login));
        }
        MigrateDatabase.migrate(
                url(database), PrivatePostgis.ADMINISTRATOR, passwords.getProperty("administrator"), all);
    }

    /** Registers a gateway for these types and issues a key to it. */
    String register(String source, String types, int reportsPerSecond) throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(URI.create(LocalPorts.url(ports.intake()) + "/v1/sources/" + source))
                .header("Authorization", "Bearer " + FetchToken.fetch(folder, ports, "admin"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"types": [%s], "datums": ["WGS84"], "unitCodes": ["50"], "reportsPerSecond": %d}
                        """.formatted(types, reportsPerSecond)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(put, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException("the source cannot be registered: " + answer.statusCode() + " " + answer.body());
            }
        }
        return FetchKey.issue(folder, ports, source);
    }

    /** The process of all services, with Kafka in it. */
    long services() throws IOException {
        Properties run = new Properties();
        run.load(new StringReader(Files.readString(folder.resolve("run"))));
        return Long.parseLong(run.getProperty("pid"));
    }

    long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgis/data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    Path postgresLog() {
        return folder.resolve("postgis/postgresql.log");
    }
}
