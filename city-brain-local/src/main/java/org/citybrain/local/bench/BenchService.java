package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.citybrain.local.LocalPorts;

/** One service in a JVM of its own, so that what it costs can be told from all else. */
final class BenchService {

    private static final int OK = 200;
    private static final int LOOK_AGAIN_MILLIS = 500;

    /** What a service sees only because the identity server is on the same class path. */
    private static final String OF_THE_IDENTITY_SERVER = String.join(
            ",",
            "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration");

    private BenchService() {}

    /**
     * Starts it on a migrated database; returns when it is healthy.
     *
     * @param passwords by the names of environment variables
     * @param settings {@code name=value} each
     */
    static ChildJvm start(
            Class<?> application, int port, Path log, Map<String, String> passwords, List<String> settings)
            throws IOException, InterruptedException {
        ChildJvm service = ChildJvm.start(
                application,
                log,
                false,
                passwords,
                Stream.concat(
                                Stream.of(
                                        "server.port=" + port,
                                        "spring.flyway.enabled=false",
                                        "spring.autoconfigure.exclude=" + OF_THE_IDENTITY_SERVER),
                                settings.stream())
                        .map(setting -> "--" + setting)
                        .toList());
        URI health = URI.create(LocalPorts.url(port) + "/actuator/health");
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isHealthy(http, health)) {
                if (!service.isAlive()) {
                    throw new IOException(application.getSimpleName() + " does not start");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        }
        return service;
    }

    private static boolean isHealthy(HttpClient http, URI health) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(health).GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
