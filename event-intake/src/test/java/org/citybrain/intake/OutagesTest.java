package org.citybrain.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.citybrain.infrastructure.Database;
import org.citybrain.infrastructure.Infrastructure;
import org.citybrain.intake.IntakeTest.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a sender sees while something that the service needs is not there. */
class OutagesTest {

    private static final String NOTHING_LISTENS_HERE = "127.0.0.1:1";

    @Test
    void without_kafka_a_report_is_answered_503_and_may_come_again() {
        Database database = Infrastructure.shared().newDatabase();
        TestCity.load(database);
        try (ConfigurableApplicationContext intake =
                start(database, Map.of("CITY_BRAIN_KAFKA", NOTHING_LISTENS_HERE))) {
            Answer single = post(intake, "/v1/reports", IntakeTest.report(UUID.randomUUID()));
            Answer batch = post(
                    intake,
                    "/v1/reports/batch",
                    "[" + IntakeTest.report(UUID.randomUUID()) + ",{}," + IntakeTest.report(UUID.randomUUID()) + "]");
            Answer refusal = post(intake, "/v1/reports", "nonsense");

            for (Answer answer : new Answer[] {single, batch, refusal}) {
                assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
                assertThat(answer.contentType()).isEqualTo("application/problem+json");
                assertThat(answer.text("reason")).isEqualTo("NOT_PUBLISHED");
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .contains("5");
            }
            assertThat(post(intake, "/v1/reports?dryRun=true", IntakeTest.report(UUID.randomUUID()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void while_there_is_no_map_reports_are_not_refused_but_asked_to_come_again() {
        Database database = Infrastructure.shared().newDatabase();
        try (ConfigurableApplicationContext intake = start(database, Map.of())) {
            Answer early = post(intake, "/v1/reports", IntakeTest.report(UUID.randomUUID()));
            JsonNode health =
                    IntakeTest.send(request(intake, "/actuator/health").GET()).body();
            TestCity.load(database);

            assertThat(health.at("/components/gate/details/admitting").asBoolean())
                    .isFalse();
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.text("reason")).isEqualTo("NOT_READY");
            assertThat(early.text("detail")).isEqualTo("the governance map is not loaded yet");
            Awaitility.await()
                    .until(() -> post(intake, "/v1/reports?dryRun=true", IntakeTest.report(UUID.randomUUID()))
                                    .status()
                            == 200);
        }
    }

    @Test
    void without_a_database_the_service_starts_and_says_what_it_waits_for() {
        Database database = Infrastructure.shared().newDatabase();
        String nowhere = "jdbc:postgresql://" + NOTHING_LISTENS_HERE + "/nowhere";
        try (ConfigurableApplicationContext intake = start(database, Map.of("CITY_BRAIN_DATABASE_URL", nowhere))) {
            Answer report = post(intake, "/v1/reports", IntakeTest.report(UUID.randomUUID()));
            Answer source = IntakeTest.send(request(intake, "/v1/sources/gw").GET());

            assertThat(report.status()).isEqualTo(503);
            assertThat(source.status()).isEqualTo(503);
            assertThat(source.text("reason")).isEqualTo("NOT_STORED");
        }
    }

    private static ConfigurableApplicationContext start(Database database, Map<String, String> changed) {
        Map<String, Object> settings = new HashMap<>(Infrastructure.shared().environment(database));
        settings.putAll(changed);
        settings.put("spring.config.name", "event-intake");
        settings.put("server.port", 0);
        settings.put("spring.kafka.consumer.group-id", "outages-" + UUID.randomUUID());
        settings.put("spring.kafka.admin.operation-timeout", "1s");
        settings.put("spring.kafka.producer.properties.max.block.ms", 500);
        settings.put("spring.datasource.hikari.connection-timeout", 500);
        return new SpringApplicationBuilder(IntakeApplication.class)
                .registerShutdownHook(false)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    private static Answer post(ConfigurableApplicationContext intake, String path, String body) {
        return IntakeTest.send(
                request(intake, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext intake, String path) {
        String port = intake.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }
}
