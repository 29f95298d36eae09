package org.citybrain.local;

import java.util.Map;
import java.util.stream.Stream;
import org.citybrain.migrations.ServiceLogin;

/** What the services' settings ask their environment for. Given to each as arguments: nothing of it is JVM-wide. */
record LocalEnvironment(
        LocalPorts ports, String kafka, String databaseUrl, Map<ServiceLogin, String> passwords, String demoCity) {

    LocalEnvironment {
        passwords = Map.copyOf(passwords);
    }

    /** The arguments of one service, with its own password and no other. */
    String[] argumentsFor(LocalService service) {
        ServiceLogin login = service.login();
        return Stream.concat(
                        Stream.of(
                                "server.address=127.0.0.1",
                                // Migrated before any service starts; the services see Flyway only because they share
                                // this JVM.
                                "spring.flyway.enabled=false",
                                "server.port=" + service.port(ports),
                                "CITY_BRAIN_KAFKA=" + kafka,
                                "CITY_BRAIN_DATABASE_URL=" + databaseUrl,
                                "CITY_BRAIN_" + login + "_PASSWORD=" + passwords.get(login)),
                        Stream.concat(addresses(), service.demoSettings(demoCity).stream()))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }

    private Stream<String> addresses() {
        return Stream.of(
                "CITY_BRAIN_API_URL=" + LocalPorts.url(ports.api()),
                "CITY_BRAIN_INTAKE_URL=" + LocalPorts.url(ports.intake()),
                "CITY_BRAIN_DISPATCH_URL=" + LocalPorts.url(ports.dispatch()),
                "CITY_BRAIN_GRID_URL=" + LocalPorts.url(ports.grid()));
    }
}
