package org.citybrain.testing;

import com.github.dockerjava.api.model.PortBinding;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.infrastructure.CannotStart;
import org.citybrain.infrastructure.KafkaSettings;
import org.citybrain.infrastructure.Ports;
import org.citybrain.infrastructure.PostgisSettings;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.infrastructure.PrivatePostgis.Durability;
import org.rnorth.ducttape.unreliables.Unreliables;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Both in containers, set as {@link NativeServers} sets them. They are gone with the tests, their data with them. */
final class ContainerServers implements Servers {

    private static final int PATIENCE_SECONDS = 60;

    private final Deque<GenericContainer<?>> started = new ArrayDeque<>();

    @Override
    public DatabaseServer startDatabase(String administratorPassword) {
        // One that is started again would else come back at another port.
        int port = Ports.findFree();
        var container = new PostgreSQLContainer(
                        DockerImageName.parse(Images.POSTGIS).asCompatibleSubstituteFor("postgres"))
                .withUsername(PrivatePostgis.ADMINISTRATOR)
                .withPassword(administratorPassword)
                .withDatabaseName("postgres")
                // Text sorts as in the native cluster.
                .withEnv("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8")
                .withCreateContainerCmdModifier(create -> Objects.requireNonNull(create.getHostConfig())
                        .withPortBindings(PortBinding.parse(port + ":" + PostgreSQLContainer.POSTGRESQL_PORT)));
        container.setCommand(Stream.concat(
                        Stream.of("postgres"),
                        PostgisSettings.list(Durability.FAST).stream().map(setting -> "-c" + setting))
                .toArray(String[]::new));
        start(Images.POSTGIS, container);
        return new ContainerDatabase(container, administratorPassword);
    }

    @Override
    public String startBroker() {
        var container = new KafkaContainer(DockerImageName.parse(Images.KAFKA));
        Map<String, String> settings = KafkaSettings.map().entrySet().stream()
                .collect(Collectors.toMap(setting -> variable(setting.getKey()), Map.Entry::getValue));
        container.withEnv(settings);
        start(Images.KAFKA, container);
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().stop();
        }
    }

    private void start(String image, GenericContainer<?> container) {
        DockerEngine.require();
        started.push(container);
        try {
            container.start();
        } catch (ContainerLaunchException failure) {
            throw new CannotStart("the container of " + image + " does not start: " + reasonOf(failure), failure);
        } catch (ContainerFetchException failure) {
            throw new CannotStart(
                    "the image " + image + " is not there and cannot be pulled: " + reasonOf(failure), failure);
        }
    }

    /** What Testcontainers says first is only that it could not. */
    private static String reasonOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .reduce((first, second) -> second)
                .map(Throwable::getMessage)
                .orElse("it does not say why");
    }

    /** As the image wants it: {@code log.dirs} is {@code KAFKA_LOG_DIRS}. */
    private static String variable(String setting) {
        return "KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private record ContainerDatabase(PostgreSQLContainer container, String administratorPassword)
            implements DatabaseServer {

        @Override
        public String jdbcUrl(String database) {
            return "jdbc:postgresql://" + container.getHost() + ":"
                    + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + database;
        }

        @Override
        public void stopImmediately() {
            container
                    .getDockerClient()
                    .killContainerCmd(container.getContainerId())
                    .exec();
            container
                    .getDockerClient()
                    .waitContainerCmd(container.getContainerId())
                    .start()
                    .awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void start() {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
            Unreliables.retryUntilSuccess(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> {
                try (Connection connection = DriverManager.getConnection(
                        jdbcUrl("postgres"), PrivatePostgis.ADMINISTRATOR, administratorPassword)) {
                    return connection.isValid(1);
                }
            });
        }
    }
}
