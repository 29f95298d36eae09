package org.citybrain.intake.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.citybrain.intake.IntakeTest;
import org.citybrain.messages.RejectionReason;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescribeApiTest extends IntakeTest {

    @Test
    void every_path_is_described_with_its_answers() {
        JsonNode api = get("/v3/api-docs").body();

        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/v1/reports",
                        "/v1/reports/batch",
                        "/v1/reports/{reportId}",
                        "/v1/cloudevents",
                        "/v1/sources",
                        "/v1/sources/{sourceId}",
                        "/v1/sources/{sourceId}/keys",
                        "/v1/sources/{sourceId}/keys/{keyId}");
        assertThat(api.at("/paths/~1v1~1reports/post/responses").propertyNames())
                .contains("200", "202", "400", "403", "413", "422", "429", "503");
        assertThat(api.at("/paths/~1v1~1reports~1batch/post/requestBody/content")
                        .propertyNames())
                .containsExactlyInAnyOrder("application/json", "application/x-ndjson");
        assertThat(api.at("/paths/~1v1~1cloudevents/post/requestBody/content").propertyNames())
                .containsExactlyInAnyOrder(
                        "application/json", "application/cloudevents+json", "application/cloudevents-batch+json");
        assertThat(api.at("/components/schemas/Report/properties/source/properties/kind/enum")
                        .toString())
                .contains("GRID_WORKER");
    }

    @Test
    void every_reference_leads_somewhere() {
        JsonNode api = get("/v3/api-docs").body();
        List<String> references = new ArrayList<>();
        collectReferences(api, references);

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void every_reason_of_the_gate_is_documented() {
        String description = get("/v3/api-docs").body().at("/info/description").asString();

        assertThat(RejectionReason.values())
                .filteredOn(reason -> reason.compareTo(RejectionReason.IMAGE_INSTEAD_OF_FEATURES) <= 0)
                .allSatisfy(reason -> assertThat(description).contains("`" + reason + "`"));
    }

    @Test
    void the_examples_are_admissible_but_for_their_time_and_place() {
        JsonNode examples = get("/v3/api-docs").body().at("/components/examples");
        for (String name : List.of("report-full", "report-least", "report-polygon")) {
            JsonNode report = examples.at("/" + name + "/value");
            JsonNode source = report.path("source");
            HttpRequest.Builder request = source.path("kind").asString().equals("SENSOR")
                    ? requestOf(
                            "/v1/reports?dryRun=true", newKey(source.path("id").asString()))
                    : requestOfNobody("/v1/reports?dryRun=true")
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + token(
                                                    source.path("id").asString(),
                                                    source.path("kind").asString()));
            Answer answer = send(request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(report.toString())));
            assertThat(answer.text("reason")).as(name).isIn("TOO_LATE", "TIME_IN_FUTURE");
        }
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.path("$ref").isString()) {
            references.add(node.path("$ref").asString());
        }
        node.forEach(child -> collectReferences(child, references));
    }
}
