package org.citybrain.intake.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.citybrain.intake.IntakeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReportStatusTest extends IntakeTest {

    private final String source = "gw-" + UUID.randomUUID();

    @Autowired
    private MeterRegistry meters;

    @Test
    void a_report_that_waits_is_received_and_known_to_its_own_gateway_only() {
        String key = newKey(source);
        String stranger = newKey("gw-" + UUID.randomUUID());
        Answer accepted = postReportOf(key, sensorReport(source));
        URI statusUrl = URI.create(accepted.text("statusUrl"));
        String path = statusUrl.getPath() + "?" + statusUrl.getQuery();

        Answer own = send(requestOf(path, key).GET());

        assertThat(own.status()).as(own.response().body()).isEqualTo(200);
        assertThat(own.response().body())
                .isEqualTo("{\"reportId\":\"" + accepted.text("reportId") + "\",\"status\":\"RECEIVED\"}");
        assertThat(send(requestOf(path, stranger).GET()).status()).isEqualTo(404);
        assertThat(send(requestOf(
                                        path.replace(
                                                accepted.text("reportId"),
                                                UUID.randomUUID().toString()),
                                        key)
                                .GET())
                        .status())
                .isEqualTo(404);
        assertThat(send(requestOf(statusUrl.getPath(), key).GET()).status()).isEqualTo(404);
    }

    @Test
    void many_who_ask_at_once_are_told_all_the_same() throws Exception {
        String key = newKey(source);
        URI statusUrl = URI.create(postReportOf(key, sensorReport(source)).text("statusUrl"));
        String path = statusUrl.getPath() + "?" + statusUrl.getQuery();

        double before = looks();
        List<Callable<Integer>> questions =
                Collections.nCopies(60, () -> send(requestOf(path, key).GET()).status());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(questions)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        assertThat(looks() - before)
                .as("four look at once, the others wait for what they find")
                .isBetween(1.0, 30.0);
    }

    @Test
    void kafka_is_asked_once_however_often_a_gateway_asks() {
        String key = newKey(source);
        URI statusUrl = URI.create(postReportOf(key, sensorReport(source)).text("statusUrl"));
        String path = statusUrl.getPath() + "?" + statusUrl.getQuery();

        double before = looks();
        send(requestOf(path, key).GET());
        double first = looks();
        for (int i = 0; i < 20; i++) {
            assertThat(send(requestOf(path, key).GET()).text("status")).isEqualTo("RECEIVED");
        }

        assertThat(first).isGreaterThan(before);
        assertThat(looks()).isEqualTo(first);
    }

    /** Fetches of the consumers that look at a single record. */
    private double looks() {
        return meters.find("kafka.consumer.fetch.manager.fetch.total").meters().stream()
                .filter(meter -> meter.getId().getTag("client.id").contains("-look-"))
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    @Test
    void a_refusal_is_known_to_its_own_gateway_only() {
        String key = newKey(source);
        String stranger = newKey("gw-" + UUID.randomUUID());
        UUID id = UUID.randomUUID();
        postReportOf(
                key,
                report(id)
                        .replace("GRID_WORKER", "SENSOR")
                        .replace("worker-1", source)
                        .replace("106.25", "120"));

        Awaitility.await()
                .until(() -> send(requestOf("/v1/reports/" + id, key).GET()).status() == 200);
        Answer own = send(requestOf("/v1/reports/" + id, key).GET());
        assertThat(own.text("status")).isEqualTo("REJECTED");
        assertThat(own.text("reason")).isEqualTo("OUTSIDE_CITY");
        assertThat(send(requestOf("/v1/reports/" + id, stranger).GET()).status())
                .isEqualTo(404);
    }

    @Test
    void it_is_for_gateways() {
        assertThat(get("/v1/reports/" + UUID.randomUUID()).status()).isEqualTo(403);
    }

    @Test
    void what_is_no_status_url_is_refused() {
        String key = newKey(source);
        String path = "/v1/reports/" + UUID.randomUUID();

        for (String query : new String[] {
            "?partition=0",
            "?offset=1",
            "?partition=-1&offset=0",
            "?partition=x&offset=0",
            "?ofset=0",
            "?partition=0&offset=' or 1=1"
        }) {
            assertThat(send(requestOf(path + query.replace(" ", "%20"), key).GET())
                            .status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(send(requestOf("/v1/reports/1-2-3", key).GET()).status()).isEqualTo(400);
        assertThat(send(requestOf(path + "?partition=999&offset=999999999999", key)
                                .GET())
                        .status())
                .isEqualTo(404);
    }
}
