package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An integrator with a client that is none of ours: kcat reads what the services publish. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class ForeignConsumerIT {

    private final CityClient city = RunningCity.client();

    @Test
    void kcat_reads_an_incident_with_its_cloudevents_headers() throws Exception {
        UUID id = UUID.randomUUID();
        city.post(ReportLines.byWorker(id, "gas.leak", city.listGrids().get(20), 12L)
                .toString());

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode opened = readTopic().stream()
                    .filter(message -> message.at("/payload").asString().contains(id.toString()))
                    .filter(message -> message.at("/payload").asString().contains("\"OPENED\""))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not published yet"));

            JsonNode payload = MessageJson.MAPPER.readTree(opened.get("payload").asString());
            assertThat(opened.get("key").asString())
                    .isEqualTo(payload.get("incidentId").asString());
            assertThat(payload.at("/incident/type").asString()).isEqualTo("gas.leak");
            assertThat(header(opened, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(opened, "ce_type")).isEqualTo(Topics.INCIDENT_CHANGED);
            assertThat(header(opened, "ce_id")).isNotBlank();
            assertThat(header(opened, "ce_source")).isNotBlank();
            assertThat(header(opened, "ce_time")).isNotBlank();
            assertThat(header(opened, "content-type")).isEqualTo("application/json");
        });
    }

    /** The topic from its beginning to its end, one JSON envelope a line ({@code -J}). */
    private static List<JsonNode> readTopic() throws Exception {
        Process kcat = new ProcessBuilder(
                        "kcat",
                        "-C",
                        "-q",
                        "-J",
                        "-e",
                        "-o",
                        "beginning",
                        "-b",
                        "127.0.0.1:" + RunningCity.ports().kafka(),
                        "-t",
                        Topics.INCIDENT_CHANGED)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = kcat.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().map(MessageJson.MAPPER::readTree).toList();
        }
    }

    /** kcat gives the headers as one flat list of names and values. */
    private static String header(JsonNode message, String name) {
        JsonNode headers = message.get("headers");
        for (int i = 0; i + 1 < headers.size(); i += 2) {
            if (headers.get(i).asString().equals(name)) {
                return headers.get(i + 1).asString();
            }
        }
        return "";
    }
}
