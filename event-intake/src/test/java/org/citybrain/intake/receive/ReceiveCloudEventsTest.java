package org.citybrain.intake.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.TopicReader;
import org.citybrain.intake.admit.ReportIds;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.Test;

class ReceiveCloudEventsTest extends IntakeTest {

    private static final String PATH = "/v1/cloudevents";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCHED = "application/cloudevents-batch+json";

    @Test
    void a_binary_event_is_a_report_whose_id_comes_from_source_and_id() {
        String eventId = UUID.randomUUID() + " é";
        Answer answer = send(request(PATH)
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", eventId.replace(" é", "%20%C3%A9"))
                .header("ce-source", "/gateways/17")
                .header("ce-type", "report")
                .POST(BodyPublishers.ofString(withoutId())));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        String id = ReportIds.ofCloudEvent("/gateways/17", eventId).toString();
        assertThat(answer.text("reportId")).isEqualTo(id);
        assertThat(UUID.fromString(id).version()).isEqualTo(5);
        assertThat(TopicReader.find(Topics.REPORT_RECEIVED, id)).hasSize(1);
    }

    @Test
    void a_structured_event_is_taken_whatever_the_order_of_its_fields() {
        String eventId = UUID.randomUUID().toString();

        Answer answer = post(
                PATH,
                STRUCTURED,
                "{\"data\": " + withoutId() + ", \"id\": \"" + eventId
                        + "\", \"source\": \"/gateways/17\", \"type\": \"report\", \"specversion\": \"1.0\","
                        + " \"datacontenttype\": \"application/json\", \"myextension\": {\"deep\": [1]}}");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.text("reportId"))
                .isEqualTo(ReportIds.ofCloudEvent("/gateways/17", eventId).toString());
    }

    @Test
    void the_reports_own_id_comes_first() {
        UUID id = UUID.randomUUID();

        Answer answer = post(PATH, STRUCTURED, event("1", "\"data\": " + report(id)));

        assertThat(answer.text("reportId")).isEqualTo(id.toString());
    }

    @Test
    void data_in_base64_is_read() {
        String base64 = Base64.getEncoder().encodeToString(withoutId().getBytes(StandardCharsets.UTF_8));

        Answer answer = post(PATH, STRUCTURED, event("b64", "\"data_base64\": \"" + base64 + "\""));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    }

    @Test
    void a_batch_of_events_is_answered_like_a_batch_of_reports() {
        String body = "[" + event("1", "\"data\": " + withoutId()) + ", " + event("2", "\"data\": {}") + ", {}, "
                + event("3", "\"data\": " + withoutId()) + "]";

        Answer answer = post(PATH, BATCHED, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.body()
                        .path("rejected")
                        .valueStream()
                        .map(r -> r.path("index").asInt()))
                .containsExactly(1, 2);
        assertThat(answer.body().path("rejected").get(0).path("detail").asString())
                .startsWith("/data/source");
        assertThat(answer.body().path("rejected").get(0).path("reportId").asString())
                .isEqualTo(ReportIds.ofCloudEvent("/gateways/17", "2").toString());
    }

    @Test
    void what_is_wrong_is_named_by_its_place_in_the_event() {
        Answer inData = post(
                PATH,
                STRUCTURED,
                event("1", "\"data\": " + report(UUID.randomUUID()).replace("WGS84", "ED50")));
        Answer noData = post(PATH, STRUCTURED, event("1", "\"time\": \"2026-07-01T08:30:00Z\""));
        Answer noVersion = post(PATH, STRUCTURED, event("1", "\"data\": {}").replace("1.0", "0.3"));
        Answer noHeaders = post(PATH, "application/json", withoutId());

        assertThat(inData.text("pointer")).isEqualTo("/data/location/datum");
        assertThat(inData.text("reason")).isEqualTo("BAD_DATUM");
        assertThat(noData.text("pointer")).isEqualTo("/data");
        assertThat(noData.text("reason")).isEqualTo("MISSING_VALUE");
        assertThat(noVersion.text("pointer")).isEqualTo("/specversion");
        assertThat(noHeaders.text("pointer")).isEqualTo("ce-specversion");
        assertThat(noHeaders.status()).isEqualTo(400);
    }

    @Test
    void a_dry_run_only_judges() {
        Answer answer = post(PATH + "?dryRun=true", STRUCTURED, event("dry", "\"data\": " + withoutId()));

        assertThat(answer.body().path("admissible").asBoolean()).isTrue();
        assertThat(TopicReader.find(
                        Topics.REPORT_RECEIVED,
                        ReportIds.ofCloudEvent("/gateways/17", "dry").toString()))
                .isEmpty();
    }

    private static String event(String id, String data) {
        return "{\"specversion\": \"1.0\", \"id\": \"" + id + "\", \"source\": \"/gateways/17\", \"type\": \"report\", "
                + data + "}";
    }

    private static String withoutId() {
        return report(UUID.randomUUID()).replaceFirst("\"reportId\": \"[^\"]+\", ", "");
    }
}
