package org.citybrain.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.testing.Database;
import org.citybrain.testing.DatabaseServer;
import org.citybrain.testing.Infrastructure;

/**
 * The map, the gate and the front door in the JVM of the tests, on a database server and a broker of their own; the
 * services under fire run as processes beside them, as many as a test wants.
 */
final class SharedCity implements AutoCloseable {

    private final Infrastructure infrastructure = Infrastructure.ofItsOwn();
    private final LocalPorts ports = FreePorts.find();
    private final Path folder;
    private final Database database = infrastructure.newDatabase();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    SharedCity(Path folder) {
        this.folder = folder;
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        started.push(infrastructure);
        var environment = new LocalEnvironment(
                ports,
                infrastructure.kafkaBootstrapServers(),
                database.jdbcUrl(),
                new Passwords(
                        database.administratorPassword(),
                        "the dashboard's",
                        "the webhooks' own, of 32 characters",
                        database.passwords()),
                folder.resolve("secrets"),
                "small");
        for (LocalService service : EnumSet.complementOf(EnumSet.of(LocalService.DISPATCH))) {
            started.push(service.start(environment));
        }
    }

    LocalPorts ports() {
        return ports;
    }

    CityClient client() {
        return new CityClient(ports, folder);
    }

    /** The database server itself, to be stopped under load. */
    DatabaseServer postgis() {
        return infrastructure.postgis();
    }

    Database database() {
        return database;
    }

    String kafkaBootstrapServers() {
        return infrastructure.kafkaBootstrapServers();
    }

    /** Starts one more dispatch-service; returns when it is healthy. It ends with the city. */
    ServiceProcess startDispatcher(int port) throws Exception {
        return startDispatcher(port, Map.of());
    }

    /** The same with further settings. */
    ServiceProcess startDispatcher(int port, Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(infrastructure.environment(database));
        environment.putAll(settings);
        environment.put("CITY_BRAIN_ISSUER", LocalPorts.url(ports.identity()));
        environment.put("CITY_BRAIN_DISPATCH_CLIENT_ID", "dispatcher-" + port);
        ServiceProcess dispatcher = ServiceProcess.start(LocalService.DISPATCH, port, environment);
        started.push(dispatcher);
        return dispatcher.awaitHealthy();
    }

    /** Starts one more city-brain-api, whose readers are whom this issuer says they are; returns when it is healthy. */
    ServiceProcess startFrontDoor(int port, String issuerUrl) throws Exception {
        Map<String, String> environment = new HashMap<>(infrastructure.environment(database));
        environment.put("CITY_BRAIN_ISSUER", issuerUrl);
        ServiceProcess frontDoor = ServiceProcess.start(LocalService.API, port, environment);
        started.push(frontDoor);
        return frontDoor.awaitHealthy();
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
