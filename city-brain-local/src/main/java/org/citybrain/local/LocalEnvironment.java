package org.citybrain.local;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.citybrain.migrations.ServiceLogin;

/**
 * What the services' settings ask their environment for. Given to each as arguments: nothing of it is JVM-wide.
 *
 * @param secrets the folder that only its owner can enter
 */
record LocalEnvironment(
        LocalPorts ports, String kafka, String databaseUrl, Passwords passwords, Path secrets, String demoCity) {

    /**
     * What the services see only because the identity server shares their JVM. Left in, the second would make up a key at
     * each start and have every service believe that one alone.
     */
    private static final List<String> OF_THE_IDENTITY_SERVER = List.of(
            "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration");

    /** The arguments of one service, with its own password and no other. */
    String[] argumentsFor(LocalService service) {
        ServiceLogin login = service.login();
        return Stream.of(
                        Stream.of(
                                "server.address=127.0.0.1",
                                // Migrated before any service starts; the services see Flyway only because they share
                                // this JVM.
                                "spring.flyway.enabled=false",
                                "server.port=" + service.port(ports),
                                "CITY_BRAIN_KAFKA=" + kafka,
                                "CITY_BRAIN_DATABASE_URL=" + databaseUrl,
                                "CITY_BRAIN_" + login + "_PASSWORD="
                                        + passwords.ofServices().get(login)),
                        // A simulation asks for what came of thousands of reports as one demo person.
                        Stream.of(
                                "city-brain.access.limit.person.per-second=1000",
                                "city-brain.access.limit.person.burst=2000"),
                        leftOut(service),
                        addresses(),
                        service.ownSettings(this).stream())
                .flatMap(settings -> settings)
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }

    private static Stream<String> leftOut(LocalService service) {
        return service == LocalService.IDENTITY
                ? Stream.empty()
                : Stream.of("spring.autoconfigure.exclude=" + String.join(",", OF_THE_IDENTITY_SERVER));
    }

    private Stream<String> addresses() {
        return Stream.of(
                "CITY_BRAIN_ISSUER=" + LocalPorts.url(ports.identity()),
                "CITY_BRAIN_API_URL=" + LocalPorts.url(ports.api()),
                "CITY_BRAIN_INTAKE_URL=" + LocalPorts.url(ports.intake()),
                "CITY_BRAIN_DISPATCH_URL=" + LocalPorts.url(ports.dispatch()),
                "CITY_BRAIN_GRID_URL=" + LocalPorts.url(ports.grid()));
    }
}
