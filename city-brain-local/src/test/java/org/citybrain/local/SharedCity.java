package org.citybrain.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.citybrain.infrastructure.LocalKafka;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;

/**
 * The map, the gate and the front door in the JVM of the tests, on the shared cluster and a broker of their own; the
 * services under fire run as processes beside them, as many as a test wants.
 */
final class SharedCity implements AutoCloseable {

    private final Infrastructure infrastructure = Infrastructure.shared();
    private final LocalPorts ports = FreePorts.find();
    private final Path folder;
    private final LocalKafka kafka;
    private final Database database = infrastructure.newDatabase();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    SharedCity(Path folder) {
        this.folder = folder;
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        kafka = new LocalKafka(folder.resolve("kafka"), ports.kafka(), ports.kafkaController());
        kafka.start();
        started.push(kafka);
        var environment = new LocalEnvironment(
                ports,
                kafka.bootstrapServers(),
                database.jdbcUrl(),
                new Passwords(database.administratorPassword(), "the dashboard's", database.passwords()),
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

    Database database() {
        return database;
    }

    String kafkaBootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Starts one more dispatch-service; returns when it is healthy. It ends with the city. */
    ServiceProcess startDispatcher(int port) throws Exception {
        Map<String, String> environment = new HashMap<>(infrastructure.environment(database));
        environment.put("CITY_BRAIN_KAFKA", kafka.bootstrapServers());
        environment.put("CITY_BRAIN_ISSUER", LocalPorts.url(ports.identity()));
        ServiceProcess dispatcher = ServiceProcess.start(LocalService.DISPATCH, port, environment);
        started.push(dispatcher);
        return dispatcher.awaitHealthy();
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
