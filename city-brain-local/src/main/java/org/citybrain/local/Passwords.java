package org.citybrain.local;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.access.secret.SecretFile;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.local.secret.RandomPassword;
import org.citybrain.migrations.ServiceLogin;

/**
 * The random passwords between the parts of one local run, made at its first start and kept in one file that only its owner
 * can read. One that a newer version asks for is added. People's are not among them.
 *
 * @param administrator the database administrator's, which no service gets
 * @param dashboard the secret by which city-brain-api shows the identity server that it is the dashboard
 * @param webhooks the key from which the secrets of webhooks follow
 * @param ofServices each service's own at the database
 */
record Passwords(String administrator, String dashboard, String webhooks, Map<ServiceLogin, String> ofServices) {

    private static final String ADMINISTRATOR = "administrator";
    private static final String DASHBOARD = "dashboard";
    private static final String WEBHOOKS = "webhooks";

    Passwords {
        ofServices = Map.copyOf(ofServices);
    }

    static Passwords readOrMake(Path folder) throws IOException {
        var file = new SecretFile(folder.resolve("secrets/passwords"));
        Properties stored = parse(file.read().orElse(""));
        if (!stored.containsKey(ADMINISTRATOR) && Files.exists(folder.resolve("postgis/data"))) {
            throw new CannotStart("the passwords of the database in " + folder + " are gone: bring back " + file.path()
                    + ", or delete " + folder + " to begin anew without its data");
        }
        if (complete(stored)) {
            file.write(lines(stored));
        }
        return new Passwords(
                stored.getProperty(ADMINISTRATOR),
                stored.getProperty(DASHBOARD),
                stored.getProperty(WEBHOOKS),
                Arrays.stream(ServiceLogin.values())
                        .collect(Collectors.toMap(login -> login, login -> stored.getProperty(key(login)))));
    }

    /** Whether anything had to be added. */
    private static boolean complete(Properties stored) {
        return Stream.concat(
                                Stream.of(ADMINISTRATOR, DASHBOARD, WEBHOOKS),
                                Arrays.stream(ServiceLogin.values()).map(Passwords::key))
                        .filter(key -> stored.putIfAbsent(key, RandomPassword.next()) == null)
                        .count()
                > 0;
    }

    private static Properties parse(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static String lines(Properties stored) {
        return new TreeSet<>(stored.stringPropertyNames())
                .stream().map(key -> key + "=" + stored.getProperty(key) + "\n").collect(Collectors.joining());
    }

    private static String key(ServiceLogin login) {
        return login.name().toLowerCase(Locale.ROOT);
    }
}
