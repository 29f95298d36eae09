package org.citybrain.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.citybrain.intake.IntakeTest.Answer;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a sender sees while something that the service needs is not there. */
class OutagesTest {

    private static final String NOTHING_LISTENS_HERE = "127.0.0.1:1";

    @Test
    void without_kafka_a_report_is_answered_503_and_may_come_again() {
        Database database = Infrastructure.shared().newDatabase();
        TestCity.load(database);
        try (StartedIntake intake = StartedIntake.start(database, Map.of("CITY_BRAIN_KAFKA", NOTHING_LISTENS_HERE))) {
            Answer single = intake.post("/v1/reports", IntakeTest.report(UUID.randomUUID()));
            Answer batch = intake.post(
                    "/v1/reports/batch",
                    "[" + IntakeTest.report(UUID.randomUUID()) + ",{}," + IntakeTest.report(UUID.randomUUID()) + "]");
            Answer refusal = intake.post("/v1/reports", "nonsense");

            for (Answer answer : new Answer[] {single, batch, refusal}) {
                assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
                assertThat(answer.contentType()).isEqualTo("application/problem+json");
                assertThat(answer.text("reason")).isEqualTo("NOT_PUBLISHED");
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .contains("5");
            }
            assertThat(intake.post("/v1/reports?dryRun=true", IntakeTest.report(UUID.randomUUID()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void while_there_is_no_map_reports_are_not_refused_but_asked_to_come_again() {
        Database database = Infrastructure.shared().newDatabase();
        try (StartedIntake intake = StartedIntake.start(database, Map.of())) {
            Answer early = intake.post("/v1/reports", IntakeTest.report(UUID.randomUUID()));
            JsonNode health = intake.get("/actuator/health").body();
            TestCity.load(database);

            assertThat(health.at("/components/gate/details/admitting").asBoolean())
                    .isFalse();
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.text("reason")).isEqualTo("NOT_READY");
            assertThat(early.text("detail")).isEqualTo("the governance map is not loaded yet");
            Awaitility.await()
                    .until(() -> intake.post("/v1/reports?dryRun=true", IntakeTest.report(UUID.randomUUID()))
                                    .status()
                            == 200);
        }
    }

    @Test
    void without_a_database_the_service_starts_and_says_what_it_waits_for() {
        Database database = Infrastructure.shared().newDatabase();
        String nowhere = "jdbc:postgresql://" + NOTHING_LISTENS_HERE + "/nowhere";
        try (StartedIntake intake = StartedIntake.start(database, Map.of("CITY_BRAIN_DATABASE_URL", nowhere))) {
            Answer report = intake.post("/v1/reports", IntakeTest.report(UUID.randomUUID()));
            Answer source = intake.get("/v1/sources/gw");

            assertThat(report.status()).isEqualTo(503);
            assertThat(source.status()).isEqualTo(503);
            assertThat(source.text("reason")).isEqualTo("NOT_STORED");
        }
    }
}
