package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.IntakeTest.Answer;
import org.citybrain.intake.StartedIntake;
import org.citybrain.intake.TestCity;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one sender may take, at an instance whose limits are low. */
@Timeout(60)
class LimitsTest {

    private static StartedIntake intake;

    @BeforeAll
    static void start() {
        Database database = Infrastructure.shared().newDatabase();
        TestCity.load(database);
        intake = StartedIntake.start(
                database,
                Map.of(
                        "city-brain.access.limit.person.per-second", 1,
                        "city-brain.access.limit.person.burst", 5,
                        "city-brain.access.limit.gateway.per-second", 1,
                        "city-brain.access.limit.gateway.burst", 5,
                        "city-brain.access.limit.address.per-second", 1,
                        "city-brain.access.limit.address.burst", 50,
                        "city-brain.access.limit.at-once", 1,
                        "city-brain.access.limit.body-patience", "1s"));
    }

    @AfterAll
    static void stop() {
        intake.close();
    }

    @Test
    void whoever_asks_too_often_is_told_when_to_come_again_and_hinders_nobody_else() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(dryRunBy("busy"));
        }
        Answer refused = answers.getLast();

        assertThat(answers.getFirst().status()).isEqualTo(200);
        assertThat(answers.getFirst().response().headers().allValues("RateLimit-Policy"))
                .containsExactly("\"requests\";q=5;w=5", "\"reports\";q=5000;w=5");
        assertThat(answers.getFirst().response().headers().allValues("RateLimit"))
                .anySatisfy(limit -> assertThat(limit).startsWith("\"requests\";r=4;"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("reason")).isEqualTo("OVER_RATE");
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.response().headers().firstValue("Retry-After")).contains("1");
        assertThat(dryRunBy("calm").status()).isEqualTo(200);
    }

    @Test
    void whoever_tries_one_bad_token_after_the_other_is_told_less_and_less() {
        // While the keys were not read within the last second, as on a machine that stalls, nobody can be told.
        await().until(this::tryBadKey, status -> status != 503);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            statuses.add(tryBadKey());
        }

        assertThat(statuses).startsWith(401);
        assertThat(statuses.getLast()).isEqualTo(429);
        assertThat(dryRunBy("good").status()).isEqualTo(200);
    }

    private int tryBadKey() {
        return IntakeTest.send(intake.requestOfNobody("/v1/sources")
                        .header("X-Api-Key", "cbk_0123456789abcdef_" + "0".repeat(64))
                        .GET())
                .status();
    }

    @Test
    void a_body_that_trickles_in_is_cut_off() throws IOException {
        try (Socket socket = send("slow", "/v1/reports", "Content-Length: 100000")) {
            Thread.ofVirtual().start(() -> trickle(socket));

            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 408")
                    .contains("\"reason\":\"BODY_TOO_SLOW\"", "expected all of it within 1 s");
        }
    }

    @Test
    void a_batch_that_trickles_in_is_cut_off_too() throws IOException {
        try (Socket socket = send("slow-batch", "/v1/reports/batch", "Transfer-Encoding: chunked")) {
            Thread.ofVirtual().start(() -> trickleChunks(socket));

            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("\"reason\":\"BODY_TOO_SLOW\"");
        }
    }

    @Test
    void whoever_has_too_much_in_progress_is_refused_and_hinders_nobody_else() throws IOException {
        try (Socket unfinished = send("greedy", "/v1/reports/batch", "Transfer-Encoding: chunked")) {
            Answer second = Awaitility.await()
                    .until(
                            () -> IntakeTest.send(intake.requestOfNobody("/v1/reports/batch?dryRun=true")
                                    .header("Authorization", "Bearer " + IntakeTest.token("greedy", "GRID_WORKER"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(new byte[] {'[', ']'})))),
                            answer -> answer.status() != 200);
            Answer other = dryRunBy("modest");

            assertThat(unfinished.isConnected()).isTrue();
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.text("reason")).isEqualTo("TOO_MANY_AT_ONCE");
            assertThat(second.response().headers().firstValue("Retry-After")).contains("1");
            assertThat(other.status()).isEqualTo(200);
        }
    }

    @Test
    void a_gateway_that_asks_too_often_is_told_when_to_come_again_and_hinders_nobody_else() {
        String busy = newKey("gw-busy");
        String calm = newKey("gw-calm");
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(reportOf("gw-busy", busy));
        }

        assertThat(answers.getFirst().status()).isEqualTo(202);
        assertThat(answers.getLast().status()).isEqualTo(429);
        assertThat(answers.getLast().text("reason")).isEqualTo("OVER_RATE");
        assertThat(answers.getLast().text("detail")).contains("asks too often");
        assertThat(answers.getLast().response().headers().firstValue("Retry-After"))
                .contains("1");
        assertThat(reportOf("gw-calm", calm).status()).isEqualTo(202);
    }

    @Test
    void a_gateways_report_that_trickles_in_is_cut_off() throws IOException {
        String key = "X-Api-Key: " + newKey("gw-slow");
        try (Socket socket = sendBy(key, "/v1/reports", "Content-Length: 100000")) {
            Thread.ofVirtual().start(() -> trickle(socket));

            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("\"reason\":\"BODY_TOO_SLOW\"");
        }
    }

    @Test
    void a_gateways_batches_and_reports_count_together() throws IOException {
        String key = newKey("gw-greedy");
        try (Socket unfinished = sendBy("X-Api-Key: " + key, "/v1/reports/batch", "Transfer-Encoding: chunked")) {
            Answer second =
                    Awaitility.await().until(() -> reportOf("gw-greedy", key), answer -> answer.status() != 202);

            assertThat(unfinished.isConnected()).isTrue();
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.text("reason")).isEqualTo("TOO_MANY_AT_ONCE");
        }
    }

    private static Answer reportOf(String source, String key) {
        return IntakeTest.send(intake.requestOfNobody("/v1/reports")
                .header("X-Api-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(IntakeTest.sensorReport(source))));
    }

    /** By an administrator of its own: each account may ask for little. */
    private static String newKey(String source) {
        String administrator = "Bearer " + IntakeTest.token("admin-of-" + source, "ADMIN");
        IntakeTest.send(intake.requestOfNobody("/v1/sources/" + source)
                .header("Authorization", administrator)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"types": ["flood.waterlogging"], "datums": ["WGS84"], "unitCodes": ["50"]}""")));
        return IntakeTest.send(intake.requestOfNobody("/v1/sources/" + source + "/keys")
                        .header("Authorization", administrator)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.noBody()))
                .text("key");
    }

    private static Answer dryRunBy(String worker) {
        return IntakeTest.send(intake.requestOfNobody("/v1/reports?dryRun=true")
                .header("Authorization", "Bearer " + IntakeTest.token(worker, "GRID_WORKER"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        IntakeTest.report(UUID.randomUUID()).replace("worker-1", worker))));
    }

    private static Socket send(String worker, String path, String bodyHeader) throws IOException {
        return sendBy("Authorization: Bearer " + IntakeTest.token(worker, "GRID_WORKER"), path, bodyHeader);
    }

    /** Sends the head of a request, and leaves it to the test when its body comes. */
    private static Socket sendBy(String credential, String path, String bodyHeader) throws IOException {
        var socket = new Socket("127.0.0.1", intake.port());
        write(
                socket,
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + credential + "\r\n" + bodyHeader + "\r\n\r\n");
        return socket;
    }

    private static void trickle(Socket socket) {
        goOn(() -> write(socket, " "));
    }

    private static void trickleChunks(Socket socket) {
        goOn(() -> write(socket, "1\r\n[\r\n"));
    }

    private static void goOn(Write write) {
        try {
            while (true) {
                write.write();
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException closed) {
            // as it should be
        }
    }

    private interface Write {
        void write() throws IOException;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String answer(Socket socket) throws IOException {
        var read = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0 && read.indexOf("}") < 0) {
            read.append((char) next);
            next = socket.getInputStream().read();
        }
        return read.toString();
    }
}
