package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.CityClient.Answer;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A policy's way through the running system, by two signed-in persons, to the report that it decides. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class PolicyIT {

    private static final String PATH = "/v1/policies/item-catalogue";

    private final CityClient city = RunningCity.client();

    @Test
    void a_new_incident_type_is_drafted_by_one_approved_by_another_and_reported_by_a_third() throws Exception {
        JsonNode first = json(send("analyst", "GET", PATH + "/1", null));
        ObjectNode document = (ObjectNode) first.get("document");
        ObjectNode hail = ((ObjectNode) document.at("/types/0")).deepCopy();
        hail.put("code", "weather.hail").put("correlationMeters", -1);
        ((ObjectNode) hail.get("names")).put("zh-CN", "冰雹").put("en", "Hail");
        ((ArrayNode) document.get("types")).add(hail);
        int place = document.get("types").size() - 1;

        HttpResponse<String> refused = send("analyst", "POST", PATH, draft(document));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).at("/errors/0/path").asString()).isEqualTo("/types/" + place + "/correlationMeters");
        hail.put("correlationMeters", 500);
        HttpResponse<String> drafted = send("admin", "POST", PATH, draft(document));
        assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(201);
        int version = json(drafted).get("version").asInt();

        String seen = drafted.headers().firstValue("ETag").orElseThrow();
        String approval = "{\"reason\": \"the hail of last week\"}";
        HttpResponse<String> byItsAuthor = send("admin", "POST", PATH + "/" + version + "/approve", approval, seen);
        assertThat(byItsAuthor.statusCode()).isEqualTo(409);
        assertThat(json(byItsAuthor).get("reason").asString()).isEqualTo("SAME_PERSON");
        HttpResponse<String> approved =
                send("city-operator", "POST", PATH + "/" + version + "/approve", approval, seen);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(json(approved).get("status").asString()).isEqualTo("APPROVED");

        Place grid = city.listGrids().get(3);
        Answer[] taken = new Answer[1];
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    taken[0] = city.post(ReportLines.byWorker(UUID.randomUUID(), "weather.hail", grid, 3L)
                            .toString());
                    return taken[0].status() == 202;
                });
        JsonNode state = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> city.follow(taken[0].body().get("statusUrl").asString())
                                .body(),
                        body -> body.hasNonNull("incidentId"));
        JsonNode incident =
                city.read("/v1/incidents/" + state.get("incidentId").asString()).body();
        assertThat(incident.get("type").asString()).isEqualTo("weather.hail");
        assertThat(json(send("analyst", "GET", PATH + "/" + version, null))
                        .get("status")
                        .asString())
                .isEqualTo("EFFECTIVE");
        assertThat(json(send("analyst", "GET", PATH + "/1", null)).get("status").asString())
                .isEqualTo("SUPERSEDED");
    }

    private static String draft(ObjectNode document) {
        return MessageJson.MAPPER
                .createObjectNode()
                .put("note", "hail is a type of its own")
                .put("basedOn", 1)
                .set("document", document)
                .toString();
    }

    private static HttpResponse<String> send(String person, String method, String path, String body) throws Exception {
        return send(person, method, path, body, "");
    }

    private static HttpResponse<String> send(String person, String method, String path, String body, String ifMatch)
            throws Exception {
        String token = FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), person);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(RunningCity.ports().api()) + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MessageJson.MAPPER.readTree(answer.body());
    }
}
