package org.citybrain.intake;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.citybrain.intake.IntakeTest.Answer;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance of its own, with settings of its own; asked, unless told otherwise, by worker-1, who is an administrator. */
public final class StartedIntake implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private StartedIntake(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static StartedIntake start(Database database, Map<String, ?> changed) {
        Map<String, Object> settings = new HashMap<>(Infrastructure.shared().environment(database));
        settings.put("spring.config.name", "event-intake");
        settings.put("server.port", 0);
        settings.put("spring.kafka.consumer.group-id", "started-" + UUID.randomUUID());
        settings.put("spring.kafka.admin.operation-timeout", "1s");
        settings.put("spring.kafka.producer.properties.max.block.ms", 500);
        settings.put("spring.datasource.hikari.connection-timeout", 500);
        settings.putAll(changed);
        return new StartedIntake(new SpringApplicationBuilder(IntakeApplication.class)
                .registerShutdownHook(false)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public Answer post(String path, String json) {
        return IntakeTest.send(
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer get(String path) {
        return IntakeTest.send(request(path).GET());
    }

    public HttpRequest.Builder request(String path) {
        return requestOfNobody(path)
                .header("Authorization", "Bearer " + IntakeTest.token("worker-1", "GRID_WORKER", "ADMIN"));
    }

    public HttpRequest.Builder requestOfNobody(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        context.close();
    }
}
