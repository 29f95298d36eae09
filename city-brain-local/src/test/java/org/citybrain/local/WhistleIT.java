package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A worker whistles, a department checks in, serves and is rated, and its score shows it: through the front door of the running system. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class WhistleIT {

    private final CityClient city = RunningCity.client();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_worker_whistles_the_department_comes_serves_and_is_rated_and_its_score_shows_it() throws Exception {
        String grid = json(get("grid-worker", "/v1/me")).at("/unit/code").asString();
        Place place = city.listGrids().stream()
                .filter(one -> one.gridCode().equals(grid))
                .findFirst()
                .orElseThrow();
        String department = json(get("department", "/v1/me")).get("department").asString();
        register(department, grid.substring(0, 6));
        UUID report = UUID.randomUUID();
        assertThat(city.post(MessageJson.MAPPER.writeValueAsString(
                                ReportLines.byWorker(report, "city.blocked-path", place, null)))
                        .status())
                .isEqualTo(202);
        String incident = await().atMost(Duration.ofSeconds(30))
                .until(() -> city.read("/v1/reports/" + report).body(), body -> body.hasNonNull("incidentId"))
                .get("incidentId")
                .asString();
        JsonNode before = score(department);
        int version =
                city.read("/v1/incidents/" + incident).body().get("version").asInt();

        JsonNode whistled = done(
                "grid-worker",
                "/v1/incidents/" + incident,
                "whistle",
                "{\"reason\": \"the path is blocked\", \"departments\": [\"" + department + "\"]}");
        assertThat(whistled.at("/incident/version").asInt()).isEqualTo(version + 1);
        JsonNode summons = json(get("department", "/v1/check-ins?mine=true&status=SUMMONED&incident=" + incident))
                .at("/items/0");
        assertThat(summons.at("/department/code").asString()).isEqualTo(department);
        assertThat(summons.at("/whistledBy").asString()).isEqualTo("grid-worker");
        String checkIn = "/v1/check-ins/" + summons.get("id").asString();

        done("department", checkIn, "check-in", """
                {"location": {"longitude": %s, "latitude": %s, "datum": "WGS84"}}""".formatted(place.longitude(), place.latitude()));
        done("department", checkIn, "serve", "{\"text\": \"the path is clear\"}");
        JsonNode rated = done("grid-worker", checkIn, "rate", """
                {"rating": "EFFECTIVE", "reason": "it holds"}""");
        assertThat(rated.at("/checkIn/status").asString()).isEqualTo("RATED");

        JsonNode seen = city.read("/v1/incidents/" + incident).body().at("/checkIns/0");
        assertThat(seen.get("status").asString()).isEqualTo("RATED");
        assertThat(seen.at("/arrival/outsideSurroundings").asBoolean()).isFalse();
        assertThat(seen.at("/arrival/late").asBoolean()).isFalse();
        JsonNode after = score(department);
        assertThat(after.path("onTime").asInt()).isEqualTo(before.path("onTime").asInt() + 1);
        assertThat(after.path("effective").asInt())
                .isEqualTo(before.path("effective").asInt() + 1);
        assertThat(json(get("analyst", "/v1/departments/" + department + "/scores/lines?limit=200"))
                        .get("items")
                        .valueStream()
                        .filter(line -> line.get("incidentId").asString().equals(incident))
                        .map(line -> line.get("outcome").asString() + " "
                                + line.get("points").asInt()))
                .containsExactly("ON_TIME 100");
        assertThat(json(get("city-operator", "/v1/tasks?incident=" + incident + "&department=" + department))
                        .at("/items/0/status")
                        .asString())
                .isEqualTo("COMPLETED");
    }

    /** The small demo city has no departments. */
    static void register(String department, String unit) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(RunningCity.ports().grid()) + "/v1/departments/" + department))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer " + FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), "admin"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"name\": \"城市管理局\", \"unit\": \"" + unit + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        }
    }

    /** The department's score now; an empty object where it was not summoned yet. */
    private JsonNode score(String department) throws Exception {
        return json(get("analyst", "/v1/departments/scores?department=" + department))
                .at("/items/0");
    }

    private JsonNode done(String person, String subject, String command, String body) throws Exception {
        HttpResponse<String> now = get(person, subject);
        HttpRequest.Builder request = request(person, subject + "/" + command)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", now.headers().firstValue("ETag").orElseThrow())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return json(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private HttpResponse<String> get(String person, String path) throws IOException, InterruptedException {
        return http.send(request(person, path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String person, String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(RunningCity.ports().api()) + path))
                .header(
                        "Authorization",
                        "Bearer " + FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), person));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MessageJson.MAPPER.readTree(answer.body());
    }
}
