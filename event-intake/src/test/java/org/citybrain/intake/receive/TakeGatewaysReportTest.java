package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.TopicReader;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can tell from the answer which way a gateway's report went. */
class TakeGatewaysReportTest extends IntakeTest {

    /** The web layer's own way to say where an answer ends; and what differs from one second to the next. */
    private static final Set<String> OF_THE_WAY =
            Set.of("transfer-encoding", "content-length", "date", "ratelimit", "connection", "keep-alive");

    private static final String PLAIN = "application/json";
    private static final String NOT_PLAIN = "application/json;charset=UTF-8";

    private String source;
    private String key;

    @BeforeEach
    void register() {
        source = "gw-" + UUID.randomUUID();
        key = newKey(source);
    }

    @Test
    void a_report_is_accepted_alike_and_lies_on_its_topic() {
        String first = sensorReport(source);
        String second = sensorReport(source);

        Answer shorter = post(PLAIN, first);
        Answer longer = post(NOT_PLAIN, second);

        assertThat(shorter.status()).as(shorter.response().body()).isEqualTo(202);
        assertThat(longer.status()).isEqualTo(202);
        assertThat(shorter.body().propertyNames()).isEqualTo(longer.body().propertyNames());
        assertThat(headers(shorter)).isEqualTo(headers(longer));
        assertThat(shorter.response().headers().firstValue("content-length")).isPresent();
        assertThat(longer.response().headers().firstValue("content-length"))
                .as("the web layer writes as it goes")
                .isEmpty();
        assertThat(TopicReader.find(Topics.REPORT_RECEIVED, shorter.text("reportId")))
                .hasSize(1);
    }

    @Test
    void it_carries_the_headers_that_every_answer_carries() {
        Answer ofAGateway = post(PLAIN, sensorReport(source));
        Answer ofAPerson = postReport(report(UUID.randomUUID()));

        Map<String, List<String>> expected = headers(ofAPerson);
        expected.remove("ratelimit-policy");
        assertThat(headers(ofAGateway)).containsAllEntriesOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{}", "[]"})
    void a_refusal_is_the_same_problem(String body) {
        Answer shorter = post(PLAIN, body);
        Answer longer = post(NOT_PLAIN, body);

        assertThat(shorter.status()).isEqualTo(longer.status()).isBetween(400, 422);
        assertThat(shorter.body()).isEqualTo(longer.body());
        assertThat(headers(shorter)).isEqualTo(headers(longer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/reports?dryRun=true", "/v1/reports?dryRun=maybe", "/v1/reports?dryrun=true"})
    void what_is_no_plain_report_goes_the_longer_way(String path) {
        Answer answer = send(
                requestOf(path, key).header("Content-Type", PLAIN).POST(BodyPublishers.ofString(sensorReport(source))));

        assertThat(answer.status()).isEqualTo(path.endsWith("dryRun=true") ? 200 : 400);
    }

    @Test
    void another_media_type_is_told_what_is_expected() {
        assertThat(post("text/plain", sensorReport(source)).status()).isEqualTo(415);
    }

    @Test
    void a_body_that_breaks_off_is_the_same_problem() throws IOException {
        String shorter = breakOff(PLAIN);
        String longer = breakOff(NOT_PLAIN);

        assertThat(shorter).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        assertThat(body(shorter)).isEqualTo(body(longer));
    }

    @Test
    void it_is_traced_and_measured_like_any_other() {
        long before = accepted();

        Answer answer = send(requestOf("/v1/reports", key)
                .header("Content-Type", PLAIN)
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01")
                .POST(BodyPublishers.ofString(sensorReport(source))));

        ConsumerRecord<String, byte[]> record = TopicReader.find(Topics.REPORT_RECEIVED, answer.text("reportId"))
                .findFirst()
                .orElseThrow();
        assertThat(MessageEnvelope.traceId(MessageEnvelope.traceParent(record)))
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4737");
        assertThat(accepted()).isEqualTo(before + 1);
    }

    /** Reports, as the metric counts requests. */
    private long accepted() {
        return get("/actuator/prometheus")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{")
                        && line.contains("method=\"POST\"")
                        && line.contains("status=\"202\"")
                        && line.contains("uri=\"/v1/reports\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Answer post(String mediaType, String body) {
        return send(
                requestOf("/v1/reports", key).header("Content-Type", mediaType).POST(BodyPublishers.ofString(body)));
    }

    private String breakOff(String mediaType) throws IOException {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream()
                    .write(("POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Api-Key: " + key
                                    + "\r\nContent-Type: " + mediaType
                                    + "\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeAll(OF_THE_WAY);
        return headers;
    }
}
