package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a phone call to the notice on the duty officer's own system, and back into the incident's timeline: through the running system. */
@NativeOnly("asks what ./city-brain up starts on this machine")
class BeingToldIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CityClient city = RunningCity.client();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private HttpServer dutyOfficer;

    private record Heard(String id, String timestamp, String signature, String body) {

        JsonNode data() {
            return MessageJson.MAPPER.readTree(body).get("data");
        }
    }

    @BeforeEach
    void listen() throws IOException {
        dutyOfficer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dutyOfficer.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            heard.add(new Heard(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        dutyOfficer.start();
    }

    @AfterEach
    void listenNoMore() {
        dutyOfficer.stop(0);
    }

    @Test
    void who_subscribed_is_told_of_a_phone_call_signed_and_the_receipt_stands_in_the_timeline() throws Exception {
        JsonNode made = post(
                RunningCity.ports().api(),
                "/v1/subscriptions",
                Map.of(
                        "events",
                        List.of("DISPATCHED_TO_UNIT"),
                        "levels",
                        List.of("II"),
                        "channel",
                        "WEBHOOK",
                        "url",
                        "http://127.0.0.1:" + dutyOfficer.getAddress().getPort() + "/city-brain"));
        String subscription = made.at("/subscription/id").asString();
        UUID report = UUID.randomUUID();
        Place place = city.listGrids().get(7);
        post(
                RunningCity.ports().intake(),
                "/v1/reports",
                Map.of(
                        "reportId",
                        report,
                        "source",
                        Map.of("kind", "OPERATOR", "id", "city-operator"),
                        "type",
                        "geohazard.landslide",
                        "occurredAt",
                        Instant.now().minusSeconds(60),
                        "location",
                        Map.of(
                                "longitude", place.longitude(),
                                "latitude", place.latitude(),
                                "datum", "WGS84"),
                        "peopleAffected",
                        640,
                        "description",
                        "来电：滑坡的泥石漫过堤岸"));
        String incident = await().atMost(PATIENCE)
                .until(() -> city.read("/v1/reports/" + report).body(), body -> body.hasNonNull("incidentId"))
                .get("incidentId")
                .asString();

        Heard notice = await().atMost(PATIENCE)
                .until(
                        () -> heard.stream()
                                .filter(one ->
                                        one.data().at("/incident/id").asString().equals(incident))
                                .findFirst()
                                .orElse(null),
                        one -> one != null);
        assertThat(notice.signature())
                .isEqualTo(signature(notice, made.get("secret").asString()));
        assertThat(notice.data().at("/task/unitCode").asString()).isEqualTo("50");
        JsonNode line = await().atMost(PATIENCE).until(() -> line(incident, "NOTIFIED"), found -> found != null);
        assertThat(line.get("actor").asString()).isEqualTo("person:city-operator");
        assertThat(line.at("/detail/eventId").asString()).isEqualTo(notice.id());
        assertThat(city.read("/v1/incidents/" + incident).body().get("version").asInt())
                .isEqualTo(1);

        assertThat(city.read("/v1/incidents?q=%E6%BC%AB%E8%BF%87%E5%A0%A4&from="
                                + Instant.now().minusSeconds(600))
                        .body()
                        .at("/items/0/id")
                        .asString())
                .as("the words of the call are found")
                .isEqualTo(incident);
        assertThat(city.read("/v1/overview").body().at("/open/byLevel/II").asInt())
                .isPositive();
        assertThat(send(RunningCity.ports().api(), "DELETE", "/v1/subscriptions/" + subscription, "")
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode line(String incident, String kind) throws Exception {
        return city.read("/v1/incidents/" + incident + "/timeline?limit=200")
                .body()
                .get("items")
                .valueStream()
                .filter(line -> line.get("kind").asString().equals(kind))
                .findFirst()
                .orElse(null);
    }

    private JsonNode post(int port, String path, Object body) throws Exception {
        HttpResponse<String> answer = send(port, "POST", path, MessageJson.MAPPER.writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return MessageJson.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> send(int port, String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(LocalPorts.url(port) + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header(
                                "Authorization",
                                "Bearer "
                                        + FetchToken.fetch(RunningCity.folder(), RunningCity.ports(), "city-operator"))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Written from the convention, not from the code under test. */
    private static String signature(Heard notice, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = notice.id() + "." + notice.timestamp() + "." + notice.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
