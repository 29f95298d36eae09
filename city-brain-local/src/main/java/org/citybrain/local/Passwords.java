package org.citybrain.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.migrations.ServiceLogin;

/**
 * The random passwords of one local run, made at its first start and kept in one file that only its owner can read.
 *
 * @param administrator the database administrator's, which no service gets
 * @param ofServices each service's own
 */
record Passwords(String administrator, Map<ServiceLogin, String> ofServices) {

    private static final String ADMINISTRATOR = "administrator";

    Passwords {
        ofServices = Map.copyOf(ofServices);
    }

    static Passwords readOrMake(Path folder) throws IOException {
        Path file = folder.resolve("secrets/passwords");
        return Files.exists(file) ? read(file) : make(folder, file);
    }

    private static Passwords read(Path file) throws IOException {
        var stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        }
        return from(stored, file);
    }

    private static Passwords make(Path folder, Path file) throws IOException {
        if (Files.exists(folder.resolve("postgis/data"))) {
            throw new CannotStart("the passwords of the database in " + folder + " are gone: bring back " + file
                    + ", or delete " + folder + " to begin anew without its data");
        }
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path unfinished = Files.createTempFile(
                file.getParent(),
                "passwords",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var made = new Properties();
        made.setProperty(ADMINISTRATOR, random());
        for (ServiceLogin login : ServiceLogin.values()) {
            made.setProperty(key(login), random());
        }
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            made.store(writer, null);
        }
        Files.move(unfinished, file);
        return from(made, file);
    }

    private static Passwords from(Properties stored, Path file) {
        return new Passwords(
                get(stored, ADMINISTRATOR, file),
                Arrays.stream(ServiceLogin.values())
                        .collect(Collectors.toMap(login -> login, login -> get(stored, key(login), file))));
    }

    private static String get(Properties stored, String key, Path file) {
        String password = stored.getProperty(key);
        if (password == null) {
            throw new CannotStart("the password of " + key + " is missing in " + file);
        }
        return password;
    }

    private static String key(ServiceLogin login) {
        return login.name().toLowerCase(Locale.ROOT);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
