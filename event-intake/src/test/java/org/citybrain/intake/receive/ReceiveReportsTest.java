package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.TopicReader;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.ReportRejected;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveReportsTest extends IntakeTest {

    @Test
    void a_report_is_accepted_and_lies_on_its_topic_where_the_status_url_says() {
        UUID id = UUID.randomUUID();

        Answer answer = postReport(report(id));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.text("reportId")).isEqualTo(id.toString());
        ConsumerRecord<String, byte[]> record = TopicReader.find(Topics.REPORT_RECEIVED, id.toString())
                .findFirst()
                .orElseThrow();
        assertThat(answer.text("statusUrl"))
                .isEqualTo("http://127.0.0.1:8080/v1/reports/" + id + "?partition=" + record.partition() + "&offset="
                        + record.offset());
        assertThat(record.key()).isEqualTo("2125:585");
        assertThat(TopicReader.header(record, "ce_source")).isEqualTo("/event-intake/sources/worker-1");
        assertThat(TopicReader.header(record, "ce_type")).isEqualTo(Topics.REPORT_RECEIVED);
        assertThat(Instant.parse(TopicReader.header(record, "ce_time")))
                .isEqualTo(Instant.parse(answer.text("receivedAt")));
        ReportReceived received = MessageEnvelope.read(record, ReportReceived.class);
        assertThat(received.reportId()).isEqualTo(id);
        assertThat(received.report().peopleAffected()).isEqualTo(35);
    }

    @Test
    void the_trace_of_the_request_goes_on_with_the_record() {
        UUID id = UUID.randomUUID();

        Answer answer = send(request("/v1/reports")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .POST(BodyPublishers.ofString(report(id))));

        assertThat(answer.status()).isEqualTo(202);
        ConsumerRecord<String, byte[]> record = TopicReader.find(Topics.REPORT_RECEIVED, id.toString())
                .findFirst()
                .orElseThrow();
        String traceParent = MessageEnvelope.traceParent(record);
        assertThat(MessageEnvelope.traceId(traceParent)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(traceParent).doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void a_report_without_an_id_gets_one() {
        Answer answer = postReport(report(UUID.randomUUID()).replaceFirst("\"reportId\": \"[^\"]+\", ", ""));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(UUID.fromString(answer.text("reportId")).version()).isEqualTo(7);
    }

    @Test
    void a_refusal_tells_reason_value_and_what_was_expected_and_lies_on_its_topic() {
        UUID id = UUID.randomUUID();

        Answer answer = postReport(report(id).replace("29.25", "95"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.text("reason")).isEqualTo("IMPOSSIBLE_VALUE");
        assertThat(answer.text("pointer")).isEqualTo("/location/latitude");
        assertThat(answer.text("value")).isEqualTo("95");
        assertThat(answer.text("expected")).isEqualTo("degrees from -90 to 90");
        assertThat(answer.text("detail")).isEqualTo("/location/latitude is 95: expected degrees from -90 to 90");
        assertThat(answer.text("reportId")).isEqualTo(id.toString());
        assertThat(answer.text("type")).isEqualTo("urn:city-brain:problem:impossible-value");
        assertThat(TopicReader.find(Topics.REPORT_RECEIVED, id.toString())).isEmpty();
        assertThat(refusals(id)).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectionReason.IMPOSSIBLE_VALUE);
            assertThat(rejected.sourceId()).isEqualTo("worker-1");
            assertThat(rejected.detail()).isEqualTo(answer.text("detail"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "flood.waterlogging, flood.nonsense, 422, UNKNOWN_TYPE",
        "GRID_WORKER, SENSOR, 403, NOT_YOUR_SOURCE",
        "WGS84, ED50, 422, BAD_DATUM",
        "106.25, 120.5, 422, OUTSIDE_CITY",
        "peopleAffected, peopleAfected, 400, UNKNOWN_FIELD",
        "longitude, x, 400, UNKNOWN_FIELD",
        ": 35}, : 35.5}, 400, IMPOSSIBLE_VALUE",
    })
    void each_reason_has_its_status(String part, String replacement, int status, String reason) {
        Answer answer = postReport(report(UUID.randomUUID()).replace(part, replacement));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("reason")).isEqualTo(reason);
    }

    @Test
    void a_source_over_its_rate_is_told_when_to_come_again() {
        String key = newKey("gw-slow");
        send(request("/v1/sources/gw-slow")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"types": ["flood.waterlogging"], "datums": ["WGS84"], "unitCodes": ["50"], "reportsPerSecond": 1}""")));
        String batch = "[" + String.join(",", Collections.nCopies(50, sensorReport("gw-slow"))) + "]";

        Answer answer = send(requestOf("/v1/reports/batch", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(batch)));

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(5);
        assertThat(answer.body().path("rejected").get(44).path("reason").asString())
                .isEqualTo("OVER_RATE");
        Answer single = Stream.generate(() -> postReportOf(key, sensorReport("gw-slow")))
                .filter(a -> a.status() != 202)
                .findFirst()
                .orElseThrow();
        assertThat(single.status()).isEqualTo(429);
        assertThat(single.response().headers().firstValue("Retry-After")).contains("1");
        assertThat(single.response().headers().allValues("RateLimit-Policy"))
                .containsExactly("\"requests\";q=40;w=2", "\"reports\";q=5;w=5");
        assertThat(single.response().headers().allValues("RateLimit"))
                .anySatisfy(limit -> assertThat(limit).startsWith("\"reports\";r=0;t="));
    }

    @Test
    void a_report_that_is_too_large_is_refused_whether_it_tells_its_size_or_not() {
        String large = report(UUID.randomUUID()).replace(": 35}", ":" + " ".repeat(300_000) + "35}");

        Answer told = postReport(large);
        Answer untold = post(
                "/v1/reports",
                "application/json",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))));

        for (Answer answer : List.of(told, untold)) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text("reason")).isEqualTo("PAYLOAD_TOO_LARGE");
        }
    }

    @Test
    void a_dry_run_only_judges() {
        UUID id = UUID.randomUUID();

        Answer good = post("/v1/reports?dryRun=true", "application/json", report(id));
        Answer bad =
                post("/v1/reports?dryRun=true", "application/json", report(id).replace("WGS84", "ED50"));
        Answer misspelt = post("/v1/reports?dryRun=tru", "application/json", report(id));
        Answer unknown = post("/v1/reports?dryrun=true", "application/json", report(id));

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body().path("admissible").asBoolean()).isTrue();
        assertThat(good.body().path("position").path("longitude").asDouble()).isEqualTo(106.25);
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.body().path("admissible").asBoolean()).isFalse();
        assertThat(bad.text("reason")).isEqualTo("BAD_DATUM");
        assertThat(misspelt.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("detail"))
                .isEqualTo("the parameter dryrun is not known here: expected one of [dryRun]");
        assertThat(TopicReader.find(Topics.REPORT_RECEIVED, id.toString())).isEmpty();
        assertThat(refusals(id)).isEmpty();
    }

    @Test
    void an_accept_that_does_not_fit_turns_no_report_that_is_safe_into_an_error() {
        Answer single = send(request("/v1/reports")
                .header("Content-Type", "application/json")
                .header("Accept", "text/plain")
                .POST(BodyPublishers.ofString(report(UUID.randomUUID()))));
        Answer batch = send(request("/v1/reports/batch")
                .header("Content-Type", "application/json")
                .header("Accept", "application/xml")
                .POST(BodyPublishers.ofString("[" + report(UUID.randomUUID()) + "]")));

        assertThat(single.status()).isEqualTo(202);
        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.body().path("accepted").asInt()).isEqualTo(1);
    }

    @Test
    void what_is_no_report_endpoint_is_a_problem_too() {
        for (Map.Entry<Answer, Integer> wrong : Map.of(
                        get("/v1/nothing"), 404,
                        get("/v1/reports/batch/"), 404,
                        get("/v1/reports"), 405,
                        post("/v1/reports", "text/plain", "{}"), 415,
                        post("/v1/reports", "application/x-www-form-urlencoded", "{}"), 415)
                .entrySet()) {
            assertThat(wrong.getKey().status()).isEqualTo(wrong.getValue());
            assertThat(wrong.getKey().contentType()).isEqualTo("application/problem+json");
            assertThat(wrong.getKey().text("reason")).isNotEmpty();
            assertThat(wrong.getKey().response().body()).doesNotContain("Exception");
        }
    }

    @Test
    void no_body_makes_the_service_fail() {
        Arbitraries.oneOf(
                        Arbitraries.strings().all().ofMaxLength(200),
                        Arbitraries.strings()
                                .withChars("{}[]\",:0123456789.eE-nulltrue \\")
                                .ofMaxLength(200),
                        Arbitraries.integers()
                                .between(0, 250)
                                .map(at -> report(UUID.randomUUID()).substring(0, at)),
                        Arbitraries.integers()
                                .between(0, 250)
                                .map(at -> report(UUID.randomUUID())
                                        .replace(report(UUID.randomUUID()).charAt(at), '\0')))
                .sampleStream()
                .limit(200)
                .forEach(body -> {
                    assertThat(postReport(body).status()).as(body).isBetween(202, 429);
                    assertThat(post("/v1/reports/batch", "application/json", "[" + body)
                                    .status())
                            .as(body)
                            .isEqualTo(200);
                    assertThat(post("/v1/reports/batch", "application/x-ndjson", body)
                                    .status())
                            .as(body)
                            .isEqualTo(200);
                    assertThat(post("/v1/cloudevents", "application/cloudevents+json", body)
                                    .status())
                            .as(body)
                            .isBetween(400, 429);
                });
    }

    @Test
    void what_the_gate_does_is_counted() {
        postReport(report(UUID.randomUUID()));
        postReport("nonsense");
        post("/v1/reports/batch", "application/json", "[]");

        String metrics = get("/actuator/prometheus").response().body();

        assertThat(metrics)
                .containsPattern("citybrain_intake_admitted_total\\{service=\"event-intake\"} [1-9]")
                .containsPattern(
                        "citybrain_intake_refused_total\\{reason=\"MALFORMED\",service=\"event-intake\"} [1-9]")
                .contains("citybrain_intake_batch_size_count")
                .contains("citybrain_intake_publish_seconds_bucket");
        assertThat(get("/actuator/health").status()).isEqualTo(200);
    }

    static List<ReportRejected> refusals(UUID reportId) {
        return TopicReader.list(Topics.REPORT_REJECTED).stream()
                .map(record -> MessageEnvelope.read(record, ReportRejected.class))
                .filter(rejected -> reportId.equals(rejected.reportId()))
                .toList();
    }
}
