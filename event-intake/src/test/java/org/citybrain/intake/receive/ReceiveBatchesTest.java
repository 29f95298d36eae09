package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.TopicReader;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReceiveBatchesTest extends IntakeTest {

    private static final String PATH = "/v1/reports/batch";
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    @ParameterizedTest
    @ValueSource(strings = {JSON, NDJSON})
    void of_a_thousand_with_fifty_bad_ones_of_ten_kinds_950_are_accepted_and_50_refused_by_index(String contentType) {
        List<String> items = new ArrayList<>();
        List<String> goodIds = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            UUID id = UUID.randomUUID();
            items.add(i % 20 == 7 ? spoil(report(id), i / 20 % 10) : report(id));
            if (i % 20 != 7) {
                goodIds.add(id.toString());
            }
        }

        Answer answer = post(PATH, contentType, body(contentType, items));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(950);
        assertThat(rejected(answer).map(r -> r.path("index").asInt()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> i * 20 + 7).toList());
        assertThat(rejected(answer).map(r -> r.path("reason").asString()).distinct())
                .hasSize(10);
        assertThat(rejected(answer))
                .allSatisfy(r -> assertThat(r.path("detail").asString()).contains("expected"));
        assertThat(TopicReader.list(Topics.REPORT_RECEIVED).stream().map(r -> TopicReader.header(r, "ce_id")))
                .containsAll(goodIds);
    }

    private static String spoil(String report, int kind) {
        return switch (kind) {
            case 0 -> report.replace(",", "");
            case 1 -> report.replace("peopleAffected", "peopleAfected");
            case 2 -> report.replaceFirst("\"type\": \"[^\"]+\",", "");
            case 3 -> report.replace(": 35}", ": -35}");
            case 4 -> report.replace("GRID_WORKER", "SENSOR");
            case 5 -> report.replace("flood.waterlogging", "flood.nothing");
            case 6 -> report.replace("WGS84", "ED50");
            case 7 -> report.replace("106.25", "116.25");
            case 8 -> report.replaceFirst("\"occurredAt\": \"....", "\"occurredAt\": \"2999");
            case 9 -> report.replaceFirst("\"occurredAt\": \"....", "\"occurredAt\": \"1999");
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    @Test
    void what_came_before_an_array_breaks_off_counts_and_the_rest_is_one_refusal() {
        String body = "[" + report(UUID.randomUUID()) + "," + report(UUID.randomUUID()) + ",{\"source\": {\"kind\"";

        Answer answer = post(PATH, JSON, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(rejected(answer)).singleElement().satisfies(r -> {
            assertThat(r.path("index").asInt()).isEqualTo(2);
            assertThat(r.path("reason").asString()).isEqualTo("MALFORMED");
        });
    }

    @Test
    void the_same_report_twice_in_one_batch_is_taken_twice() {
        String report = report(UUID.randomUUID());

        assertThat(post(PATH, JSON, "[" + report + "," + report + "]")
                        .body()
                        .path("accepted")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void an_empty_batch_is_none() {
        assertThat(post(PATH, JSON, "[]").response().body()).isEqualTo("{\"accepted\":0,\"rejected\":[]}");
        assertThat(post(PATH, NDJSON, "").response().body()).isEqualTo("{\"accepted\":0,\"rejected\":[]}");
    }

    @Test
    void a_body_that_is_no_array_is_refused_as_a_whole() {
        for (String body : List.of("", "{}", "null", report(UUID.randomUUID()))) {
            Answer answer = post(PATH, JSON, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("reason")).isEqualTo("MALFORMED");
        }
    }

    @Test
    void from_the_5001st_item_on_nothing_is_read() {
        String worker = "worker-" + UUID.randomUUID();
        String body = Stream.generate(() -> report(UUID.randomUUID()).replace("worker-1", worker))
                .limit(5_002)
                .collect(Collectors.joining("\n"));

        Answer answer = send(requestOfNobody(PATH)
                .header("Authorization", "Bearer " + token(worker, "GRID_WORKER"))
                .header("Content-Type", NDJSON)
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(5_000);
        assertThat(rejected(answer)).singleElement().satisfies(r -> {
            assertThat(r.path("index").asInt()).isEqualTo(5_000);
            assertThat(r.path("reason").asString()).isEqualTo("PAYLOAD_TOO_LARGE");
        });
    }

    @Test
    void a_batch_that_says_it_is_over_8_mib_is_refused_as_a_whole() {
        UUID id = UUID.randomUUID();
        String body = "[" + report(id) + " ".repeat(8 * 1024 * 1024) + "]";

        Answer answer = post(PATH, JSON, body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("reason")).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(TopicReader.find(Topics.REPORT_RECEIVED, id.toString())).isEmpty();
    }

    @Test
    void a_batch_that_grows_over_8_mib_is_taken_up_to_there() {
        String item = report(UUID.randomUUID()).replace(": 35}", ":" + " ".repeat(200_000) + "35}");
        byte[] body = ("[" + String.join(",", Collections.nCopies(45, item)) + "]").getBytes(StandardCharsets.UTF_8);

        Answer answer = post(PATH, JSON, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        int accepted = answer.body().path("accepted").asInt();
        assertThat(accepted).isEqualTo((8 * 1024 * 1024 - 1) / (item.length() + 1));
        assertThat(rejected(answer)).singleElement().satisfies(r -> {
            assertThat(r.path("index").asInt()).isEqualTo(accepted);
            assertThat(r.path("reason").asString()).isEqualTo("PAYLOAD_TOO_LARGE");
        });
    }

    @Test
    void a_dry_run_of_a_batch_publishes_nothing() {
        UUID id = UUID.randomUUID();
        String body = "[" + report(id) + ", {}]";

        Answer answer = post(PATH + "?dryRun=true", JSON, body);

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(rejected(answer)).hasSize(1);
        assertThat(TopicReader.find(Topics.REPORT_RECEIVED, id.toString())).isEmpty();
    }

    /** The first reports are on the topic while the last ones have not yet been sent: the body is not gathered first. */
    @Test
    void a_batch_is_worked_off_while_it_comes_in() throws IOException {
        UUID early = UUID.randomUUID();
        try (var socket = new Socket("127.0.0.1", port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + NDJSON
                            + "\r\nAuthorization: Bearer " + token("worker-1", "GRID_WORKER")
                            + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            writeChunk(out, report(early) + "\n");

            Awaitility.await()
                    .until(() -> TopicReader.find(Topics.REPORT_RECEIVED, early.toString())
                                    .count()
                            == 1);

            writeChunk(out, report(UUID.randomUUID()) + "\n");
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"accepted\":2,\"rejected\":[]}");
        }
    }

    private static void writeChunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String body(String contentType, List<String> items) {
        return contentType.equals(JSON) ? "[" + String.join(",\n", items) + "]" : String.join("\n", items);
    }

    private static Stream<JsonNode> rejected(Answer answer) {
        return answer.body().path("rejected").valueStream();
    }
}
