package org.citybrain.local.identity;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.citybrain.access.secret.SecretFile;
import org.citybrain.local.LocalPorts;

/** {@code ./city-brain token USER}: signs a demo person in and prints the access token, nothing else. */
public final class FetchToken {

    private FetchToken() {}

    /** {@code FOLDER PORT_BASE USER}. Exit code 1 and one sentence on standard error when there is no token. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.out.println(
                    fetch(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])), arguments[2]));
        } catch (IOException failure) {
            System.err.println("City Brain: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** An access token of a demo person. */
    public static String fetch(Path folder, LocalPorts ports, String name) throws IOException, InterruptedException {
        Path secrets = folder.resolve("secrets");
        String password = new PeopleFile(new SecretFile(secrets.resolve(PeopleFile.NAME)))
                .find(name)
                .orElseThrow(() -> new IOException(
                        "there is no demo person '" + name + "': " + secrets.resolve(PeopleFile.NAME) + " lists them"));
        return new SignInByCode(
                        URI.create(LocalPorts.url(ports.identity())),
                        "city-brain-command-line",
                        "http://127.0.0.1/token")
                .signIn(name, password)
                .get("access_token")
                .asString();
    }
}
