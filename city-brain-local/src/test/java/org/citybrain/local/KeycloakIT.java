package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.local.identity.DashboardBrowser;
import org.citybrain.local.identity.Keycloak;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Infrastructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import tools.jackson.databind.JsonNode;

/**
 * The production choice: a real Keycloak with the realm of {@code docs/keycloak}, and the four services, each a process from
 * its own jar, that believe it alone. What came of it is written down for docs/keycloak/README.md.
 */
@Tag("keycloak")
class KeycloakIT {

    private static final Path TRANSCRIPT = Path.of("target", "proof-keycloak.txt");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Map<LocalService, ServiceProcess> SERVICES = new EnumMap<>(LocalService.class);
    private static final LocalPorts PORTS = FreePorts.find();
    private static final Map<String, String> PASSWORDS = new HashMap<>();
    private static Keycloak keycloak;

    @BeforeAll
    static void start() throws Exception {
        Files.deleteIfExists(TRANSCRIPT);
        keycloak = Keycloak.start(URI.create(LocalPorts.url(PORTS.api())));
        say(keycloak.version() + " runs with docs/keycloak/city-brain-realm.json");
        addPerson("city-operator", "OPERATOR", Map.of("unit", "50"));
        addPerson("street-operator", "OPERATOR", Map.of("unit", "500103001"));
        addPerson("other-operator", "OPERATOR", Map.of("unit", "500105"));
        addPerson("grid-worker", "GRID_WORKER", Map.of("unit", "500103001003001"));
        addPerson("admin", "ADMIN", Map.of("unit", "50"));
        startServices();
        say("four services run, each a process, with CITY_BRAIN_ISSUER=" + keycloak.issuer(Keycloak.REALM));
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(ServiceProcess::close);
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void a_token_says_what_the_account_says_and_opens_nothing_of_keycloak_itself() throws Exception {
        addPerson("department", "DEPARTMENT", Map.of("unit", "500103", "department", "500103-urban-management"));

        JwtDecoder decoder =
                JwtDecoders.fromIssuerLocation(keycloak.issuer(Keycloak.REALM).toString());
        Jwt token = decoder.decode(token("department"));

        assertThat(token.getAudience()).containsExactly("city-brain");
        assertThat(token.getClaimAsString("preferred_username")).isEqualTo("department");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("DEPARTMENT");
        assertThat(token.getClaimAsString("unit")).isEqualTo("500103");
        assertThat(token.getClaimAsString("department")).isEqualTo("500103-urban-management");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofMinutes(15));
        assertThat(token.getClaims()).doesNotContainKey("resource_access");
        say("department's token: aud %s, roles %s, unit %s, department %s, signed %s"
                .formatted(
                        token.getAudience(),
                        token.getClaimAsStringList("roles"),
                        token.getClaimAsString("unit"),
                        token.getClaimAsString("department"),
                        token.getHeaders().get("alg")));
        HttpResponse<String> me = get(PORTS.api(), "/v1/me", token("department"));
        assertThat(me.statusCode()).isEqualTo(200);
        say("department asks GET /v1/me: " + me.body().replaceAll("\\s+", " "));
    }

    @Test
    void a_unit_is_set_by_an_administrator_only_and_must_be_a_code() throws Exception {
        URI account = URI.create(keycloak.issuer(Keycloak.REALM) + "/account/");
        String own = keycloak.tokenOfTheOwnAccount("street-operator", PASSWORDS.get("street-operator"));

        assertThat(ask("GET", account, own, null).body()).contains("500103001");
        HttpResponse<String> moved =
                ask("POST", account, own, "{\"username\": \"street-operator\", \"attributes\": {\"unit\": [\"50\"]}}");
        HttpResponse<String> nonsense = keycloak.tryUnit("5001");

        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(400);
        assertThat(keycloak.person("street-operator").at("/attributes/unit/0").asString())
                .isEqualTo("500103001");
        assertThat(nonsense.statusCode()).isEqualTo(400);
        say("street-operator sets the own unit to 50 at Keycloak: " + refusal(moved, "errorMessage"));
        say("an administrator sets a unit 5001: " + refusal(nonsense, "errorMessage"));
    }

    @Test
    void a_report_becomes_an_incident_that_those_above_it_see_and_another_district_does_not() throws Exception {
        JsonNode place = json(get(PORTS.grid(), "/v1/units/500103001003001", token("grid-worker")))
                .get("representativePoint");
        var report = MessageJson.MAPPER
                .createObjectNode()
                .put("type", "flood.waterlogging")
                .put("occurredAt", Instant.now().toString())
                .put("peopleAffected", 640);
        report.putObject("source").put("kind", "GRID_WORKER").put("id", "grid-worker");
        report.putObject("location")
                .put("longitude", place.get("longitude").asDouble())
                .put("latitude", place.get("latitude").asDouble())
                .put("datum", "WGS84");

        HttpResponse<String> taken = ask(
                "POST",
                URI.create(LocalPorts.url(PORTS.intake()) + "/v1/reports"),
                token("grid-worker"),
                report.toString());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        URI status = URI.create(json(taken).get("statusUrl").asString());
        JsonNode settled = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> json(ask("GET", status, token("city-operator"), null)),
                        state -> state.path("status").asString("").equals("OPENED"));
        String incident = "/v1/incidents/" + settled.get("incidentId").asString();

        assertThat(get(PORTS.api(), incident, token("street-operator")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> foreign = get(PORTS.api(), incident, token("other-operator"));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(get(PORTS.api(), incident, token("admin")).statusCode()).isEqualTo(403);
        say("grid-worker reports a flood in the own grid: 202, an incident is opened");
        say("the incident: street-operator (500103001) 200, other-operator (500105) " + refusal(foreign, "reason")
                + ", admin 403");
    }

    @Test
    void a_person_signs_in_with_a_browser_at_the_dashboard() throws Exception {
        try (var browser = DashboardBrowser.signIn(
                keycloak.issuer(Keycloak.REALM),
                URI.create(LocalPorts.url(PORTS.api())),
                "street-operator",
                PASSWORDS.get("street-operator"))) {
            HttpResponse<String> me = browser.get("/v1/me");

            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(json(me).get("name").asString()).isEqualTo("street-operator");
            say("street-operator signs in with a browser at the dashboard; GET /v1/me with its cookies alone: 200");
        }
    }

    @Test
    void every_service_takes_the_realm_s_tokens_and_refuses_those_of_another_like_it() throws Exception {
        keycloak.addRealmLikeOurs("other-city");
        String foreign = keycloak.token(
                "other-city", "admin", keycloak.addPerson("other-city", "admin", "ADMIN", Map.of("unit", "50")));
        assertThat(part(foreign, 1).get("aud").asString()).isEqualTo("city-brain");

        List<String> said = new ArrayList<>();
        for (LocalService service : SERVICES.keySet()) {
            int port = service.port(PORTS);
            HttpResponse<String> refused = get(port, "/actuator/prometheus", foreign);

            assertThat(get(port, "/actuator/prometheus", token("admin")).statusCode())
                    .isEqualTo(200);
            assertThat(get(port, "/actuator/prometheus", token("city-operator")).statusCode())
                    .isEqualTo(403);
            assertThat(refused.statusCode()).isEqualTo(401);
            said.add(service.applicationName() + " " + refusal(refused, "reason"));
        }
        say("what is for ADMIN, with admin's token: 200 everywhere; with city-operator's: 403 everywhere");
        say("the same with an admin's token of the realm other-city: " + String.join(", ", said));
    }

    @Test
    void without_pkce_or_with_a_password_alone_there_is_no_token() throws Exception {
        String issuer = keycloak.issuer(Keycloak.REALM) + "/protocol/openid-connect";
        HttpResponse<String> noProof = HTTP.send(
                HttpRequest.newBuilder(URI.create(issuer + "/auth?response_type=code&client_id=city-brain-command-line"
                                + "&redirect_uri=http%3A%2F%2F127.0.0.1%2Ftoken&scope=openid&state=s"))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> passwordAlone = HTTP.send(
                HttpRequest.newBuilder(URI.create(issuer + "/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=password&client_id=city-brain-command-line"
                                + "&username=admin&password=" + PASSWORDS.get("admin")))
                        .build(),
                BodyHandlers.ofString());

        assertThat(noProof.headers().firstValue("Location").orElseThrow()).contains("error=invalid_request");
        assertThat(passwordAlone.statusCode()).isEqualTo(400);
        say("a code without PKCE: invalid_request; a token by password alone: " + refusal(passwordAlone, "error"));
    }

    @Test
    void when_the_realm_s_key_is_swapped_services_go_on_and_soon_forget_the_old_one() throws Exception {
        String before = token("city-operator");
        assertThat(statusEverywhere(before)).containsOnly(200);

        keycloak.addKey();
        String after = token("city-operator");

        assertThat(part(after, 0).get("kid")).isNotEqualTo(part(before, 0).get("kid"));
        assertThat(statusEverywhere(after)).containsOnly(200);
        assertThat(statusEverywhere(before)).containsOnly(200);
        keycloak.withdrawOlderKeys();
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(100))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> statusEverywhere(before).stream().allMatch(status -> status == 401));
        assertThat(statusEverywhere(after)).containsOnly(200);
        say(
                "the realm signs with a new key: 200 at once, with a token of the old key still 200; the old key withdrawn: its"
                        + " token 401 everywhere after %d s, that of the new key 200; nothing was restarted"
                                .formatted(Duration.ofNanos(System.nanoTime() - began)
                                        .toSeconds()));
    }

    private static void startServices() throws Exception {
        var infrastructure = Infrastructure.shared();
        var environment = new HashMap<>(infrastructure.environment(infrastructure.newDatabase()));
        environment.put("CITY_BRAIN_ISSUER", keycloak.issuer(Keycloak.REALM).toString());
        environment.put("CITY_BRAIN_DASHBOARD_SECRET", keycloak.dashboardSecret());
        environment.put("CITY_BRAIN_GRID_DEMO_CITY", "small");
        for (LocalService service : LocalService.values()) {
            environment.put("CITY_BRAIN_" + service + "_URL", LocalPorts.url(service.port(PORTS)));
        }
        for (LocalService service : EnumSet.complementOf(EnumSet.of(LocalService.IDENTITY))) {
            SERVICES.put(service, ServiceProcess.start(service, service.port(PORTS), environment));
            SERVICES.get(service).awaitHealthy();
        }
    }

    private static void addPerson(String name, String role, Map<String, String> attributes) throws Exception {
        PASSWORDS.put(name, keycloak.addPerson(Keycloak.REALM, name, role, attributes));
    }

    private static String token(String name) throws Exception {
        return keycloak.token(Keycloak.REALM, name, PASSWORDS.get(name));
    }

    private static List<Integer> statusEverywhere(String token) throws Exception {
        return List.of(
                get(PORTS.api(), "/v1/me", token).statusCode(),
                get(PORTS.grid(), "/v1/units?tier=CITY", token).statusCode());
    }

    private static HttpResponse<String> get(int port, String path, String token) throws Exception {
        return ask("GET", URI.create(LocalPorts.url(port) + path), token, null);
    }

    private static HttpResponse<String> ask(String method, URI uri, String token, @Nullable String body)
            throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json, application/problem+json, */*")
                        .header("Content-Type", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String refusal(HttpResponse<String> answer, String why) {
        return answer.statusCode() + " " + json(answer).get(why).asString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MessageJson.MAPPER.readTree(answer.body());
    }

    private static JsonNode part(String token, int which) {
        return MessageJson.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[which]));
    }

    private static void say(String line) throws IOException {
        Files.writeString(TRANSCRIPT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
