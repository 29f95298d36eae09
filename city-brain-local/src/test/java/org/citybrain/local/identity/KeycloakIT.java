package org.citybrain.local.identity;

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
import java.util.Map;
import org.citybrain.infrastructure.Database;
import org.citybrain.infrastructure.Infrastructure;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.identity.IdentityRun.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The production choice: a real Keycloak with the realm of {@code docs/keycloak}, and services that believe it alone. */
@Tag("keycloak")
class KeycloakIT {

    private static final Path TRANSCRIPT = Path.of("target", "proof-keycloak.txt");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    private static Keycloak keycloak;
    private static IdentityRun service;
    private static String operatorsPassword;
    private static String administratorsPassword;

    @BeforeAll
    static void start() throws Exception {
        Files.deleteIfExists(TRANSCRIPT);
        keycloak = Keycloak.start();
        say(keycloak.version() + " runs with docs/keycloak/city-brain-realm.json");
        operatorsPassword =
                keycloak.addPerson(Keycloak.REALM, "street-operator", "OPERATOR", Map.of("unit", "500103001"));
        administratorsPassword = keycloak.addPerson(Keycloak.REALM, "admin", "ADMIN", Map.of("unit", "50"));
        Database database = Infrastructure.shared().newDatabase();
        service = new IdentityRun(
                database, folder, Ports.findFree(), "--city-brain.access.issuer=" + keycloak.issuer(Keycloak.REALM));
    }

    @AfterAll
    static void stop() {
        service.close();
        keycloak.close();
    }

    @Test
    void a_token_says_what_the_account_says_and_opens_nothing_of_keycloak_itself() throws Exception {
        String password = keycloak.addPerson(
                Keycloak.REALM, "department", "DEPARTMENT", Map.of("unit", "500103", "department", "demo-department"));

        Jwt token = JwtDecoders.<org.springframework.security.oauth2.jwt.JwtDecoder>fromIssuerLocation(
                        keycloak.issuer(Keycloak.REALM).toString())
                .decode(token(Keycloak.REALM, "department", password));

        assertThat(token.getAudience()).containsExactly("city-brain");
        assertThat(token.getClaimAsString("preferred_username")).isEqualTo("department");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("DEPARTMENT");
        assertThat(token.getClaimAsString("unit")).isEqualTo("500103");
        assertThat(token.getClaimAsString("department")).isEqualTo("demo-department");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofMinutes(15));
        assertThat(token.getClaims()).doesNotContainKey("resource_access");
        say("department's token: aud " + token.getAudience() + ", roles " + token.getClaimAsStringList("roles")
                + ", unit " + token.getClaimAsString("unit") + ", department " + token.getClaimAsString("department")
                + ", signed " + token.getHeaders().get("alg"));
    }

    @Test
    void a_unit_is_set_by_an_administrator_only_and_must_be_a_code() throws Exception {
        URI account = URI.create(keycloak.issuer(Keycloak.REALM) + "/account/");
        String own = new SignInByCode(keycloak.issuer(Keycloak.REALM), "account-console", account.toString())
                .signIn("street-operator", operatorsPassword)
                .get("access_token")
                .asString();

        assertThat(ask("GET", account, own, null).body()).contains("500103001");
        HttpResponse<String> answer =
                ask("POST", account, own, "{\"username\": \"street-operator\", \"attributes\": {\"unit\": [\"50\"]}}");
        HttpResponse<String> nonsense = keycloak.tryUnit("5001");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(keycloak.person("street-operator").at("/attributes/unit/0").asString())
                .isEqualTo("500103001");
        assertThat(nonsense.statusCode()).isEqualTo(400);
        say("street-operator sets the own unit to 50 at Keycloak: " + answer.statusCode() + " " + answer.body());
        say("an administrator sets a unit 5001: " + nonsense.statusCode() + " "
                + JSON.readTree(nonsense.body()).get("errorMessage").asString());
    }

    @Test
    void a_service_takes_the_realm_s_tokens_and_holds_people_to_their_roles() throws Exception {
        Answer administrator = ask(token(Keycloak.REALM, "admin", administratorsPassword));
        Answer operator = ask(token(Keycloak.REALM, "street-operator", operatorsPassword));

        assertThat(administrator.status()).as(administrator.text()).isEqualTo(200);
        assertThat(operator.status()).isEqualTo(403);
        say("a service of ours, what is for ADMIN: admin " + administrator.status() + ", street-operator "
                + operator.status() + " " + operator.body().get("reason").asString());
    }

    @Test
    void a_service_refuses_the_tokens_of_another_realm_though_it_is_the_same_in_all_but_its_name() throws Exception {
        keycloak.addRealmLikeOurs("other-city");
        String password = keycloak.addPerson("other-city", "admin", "ADMIN", Map.of("unit", "50"));
        String foreign = token("other-city", "admin", password);

        Answer answer = ask(foreign);

        assertThat(claims(foreign).get("aud").asString()).isEqualTo("city-brain");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().get("reason").asString()).isEqualTo("BAD_TOKEN");
        say("the same with a token of the realm other-city: " + answer.status() + " "
                + answer.body().get("reason").asString());
    }

    @Test
    void without_pkce_or_with_a_password_alone_there_is_no_token() throws Exception {
        String issuer = keycloak.issuer(Keycloak.REALM).toString();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var noProof = http.send(
                    HttpRequest.newBuilder(URI.create(issuer
                                    + "/protocol/openid-connect/auth?response_type=code&client_id=city-brain-command-line"
                                    + "&redirect_uri=http%3A%2F%2F127.0.0.1%2Ftoken&scope=openid&state=s"))
                            .build(),
                    BodyHandlers.ofString());
            var direct = http.send(
                    HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("grant_type=password&client_id=city-brain-command-line"
                                    + "&username=admin&password=" + administratorsPassword))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(noProof.headers().firstValue("Location").orElseThrow()).contains("error=invalid_request");
            assertThat(direct.statusCode()).isEqualTo(400);
            say("asking for a code without PKCE: invalid_request; for a token by password alone: "
                    + JSON.readTree(direct.body()).get("error").asString());
        }
    }

    @Test
    void when_the_realm_s_key_is_swapped_services_go_on_and_soon_forget_the_old_one() throws Exception {
        String before = token(Keycloak.REALM, "admin", administratorsPassword);
        assertThat(ask(before).status()).isEqualTo(200);

        keycloak.addKey();
        String after = token(Keycloak.REALM, "admin", administratorsPassword);

        assertThat(keyId(after)).isNotEqualTo(keyId(before));
        assertThat(ask(after).status()).isEqualTo(200);
        assertThat(ask(before).status()).isEqualTo(200);
        keycloak.withdrawOlderKeys();
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(100))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ask(before).status() == 401);
        assertThat(ask(after).status()).isEqualTo(200);
        say("a new key: token of the new one 200 at once, of the old one 200; old key withdrawn: its token 401 after "
                + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s, no restart");
    }

    private static String token(String realm, String name, String password) throws Exception {
        return new SignInByCode(keycloak.issuer(realm), "city-brain-command-line", "http://127.0.0.1/token")
                .signIn(name, password)
                .get("access_token")
                .asString();
    }

    private static Answer ask(String token) throws Exception {
        return service.get("/v1/accounts", token);
    }

    private static HttpResponse<String> ask(String method, URI uri, String token, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .header("Accept", "application/json")
                            .header("Content-Type", "application/json")
                            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String keyId(String token) {
        return part(token, 0).get("kid").asString();
    }

    private static JsonNode claims(String token) {
        return part(token, 1);
    }

    private static JsonNode part(String token, int which) {
        return JSON.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[which]));
    }

    private static void say(String line) throws IOException {
        Files.writeString(TRANSCRIPT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
