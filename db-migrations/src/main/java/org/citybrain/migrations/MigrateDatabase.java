package org.citybrain.migrations;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the newest schema and sets the passwords of the service logins.
 *
 * <p>The administrator that runs it must be able to create roles and the extension {@code postgis}; the services never
 * get its password.
 */
public final class MigrateDatabase {

    private MigrateDatabase() {}

    /**
     * Runs every migration that the database has not seen yet. Safe to run again, and by two processes at once.
     *
     * @param passwords the password of each service login; set anew on every run, so that a rotation is one run. A login
     *     left out has no password: nobody can sign in with it
     * @return how many migrations were applied
     */
    public static int migrate(
            String jdbcUrl, String administrator, String password, Map<ServiceLogin, String> passwords) {
        Map<String, String> placeholders = Arrays.stream(ServiceLogin.values())
                .collect(Collectors.toMap(ServiceLogin::passwordPlaceholder, login -> quoted(passwords.get(login))));
        return Flyway.configure()
                .dataSource(jdbcUrl, administrator, password)
                .locations("classpath:db/migration")
                .defaultSchema("public")
                .table("schema_history")
                .placeholders(placeholders)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /**
     * The one-shot form for containers. Reads {@code CITY_BRAIN_DATABASE_URL} (a JDBC URL), {@code
     * CITY_BRAIN_DATABASE_ADMINISTRATOR}, {@code CITY_BRAIN_DATABASE_ADMINISTRATOR_PASSWORD} and, for each service,
     * {@code CITY_BRAIN_INTAKE_PASSWORD}, {@code …_GRID_…}, {@code …_DISPATCH_…}, {@code …_API_…}. {@code …_IDENTITY_…} is
     * only for those who run the local identity server.
     */
    public static void main(String[] arguments) {
        Map<ServiceLogin, String> passwords = new EnumMap<>(ServiceLogin.class);
        for (ServiceLogin login : ServiceLogin.values()) {
            String name = "CITY_BRAIN_" + login + "_PASSWORD";
            if (login != ServiceLogin.IDENTITY || System.getenv(name) != null) {
                passwords.put(login, environment(name));
            }
        }
        migrate(
                environment("CITY_BRAIN_DATABASE_URL"),
                environment("CITY_BRAIN_DATABASE_ADMINISTRATOR"),
                environment("CITY_BRAIN_DATABASE_ADMINISTRATOR_PASSWORD"),
                passwords);
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set");
        }
        return value;
    }

    private static String quoted(@Nullable String password) {
        return password == null ? "null" : "'" + password.replace("'", "''") + "'";
    }
}
