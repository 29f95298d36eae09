package org.citybrain.intake.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.citybrain.intake.IntakeTest;
import org.junit.jupiter.api.Test;

/** That the listener is called at all: reports over HTTP come out in the account. */
class AccountOfTheServiceTest extends IntakeTest {

    @Test
    void what_was_accepted_and_what_was_refused_is_accounted_for() {
        String worker = "worker " + UUID.randomUUID();
        UUID refusedId = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            assertThat(postAs(worker, report(UUID.randomUUID())).status()).isEqualTo(202);
        }
        postAs(worker, report(refusedId).replace("WGS84", "ED50"));

        await().untilAsserted(() -> {
            assertThat(reports(worker, "citybrain.report-received.v1")).isEqualTo(3);
            assertThat(reports(worker, "citybrain.report-rejected.v1")).isEqualTo(1);
        });
        assertThat(administrator()
                        .sql(
                                "select reason from intake.refused_report where report_id = :id and trace_id ~ '^[0-9a-f]{32}$'")
                        .param("id", refusedId)
                        .query(String.class)
                        .list())
                .containsExactly("BAD_DATUM");
    }

    private Answer postAs(String worker, String report) {
        return send(requestOfNobody("/v1/reports")
                .header("Authorization", "Bearer " + token(worker, "GRID_WORKER"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(report.replace("worker-1", worker))));
    }

    private static long reports(String sourceId, String topic) {
        return administrator()
                .sql("""
                        select coalesce(sum(reports), 0) from intake.published_count
                        where source_id = :id and topic = :topic
                        """)
                .param("id", sourceId)
                .param("topic", topic)
                .query(Long.class)
                .single();
    }
}
