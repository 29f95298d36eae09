package org.citybrain.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.citybrain.local.identity.IdentityRun.Answer;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.databind.JsonNode;

/** Signing in as a browser does it, and what the token then says; a real database, real HTTP. */
class SignInTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();

    @TempDir
    static Path folder;

    private static IdentityRun identity;

    @BeforeAll
    static void start() {
        OneChain.load(DATABASE);
        identity = new IdentityRun(DATABASE, folder);
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city-operator, OPERATOR, 50,",
        "district-operator, OPERATOR, 500103,",
        "street-operator, OPERATOR, 500103001,",
        "community-operator, OPERATOR, 500103001003,",
        "grid-worker, GRID_WORKER, 500103001003001,",
        "department, DEPARTMENT, 500103, 500103-urban-management",
        "analyst, ANALYST, 50,",
        "admin, ADMIN, 50,",
        "integrator, INTEGRATOR,,",
    })
    void a_token_says_who_its_person_is_and_for_how_long(String name, String role, String unit, String department)
            throws Exception {
        Jwt token = identity.verify(identity.token(name));

        assertThat(token.getIssuer()).hasToString(identity.issuer().toString());
        assertThat(token.getAudience()).containsExactly("city-brain");
        assertThat(token.getSubject()).isEqualTo(name);
        assertThat(token.getClaimAsString("preferred_username")).isEqualTo(name);
        assertThat(token.getClaimAsStringList("roles")).containsExactly(role);
        assertThat(token.getClaimAsString("unit")).isEqualTo(unit);
        assertThat(token.getClaimAsString("department")).isEqualTo(department);
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void an_id_token_opens_nothing() throws Exception {
        JsonNode tokens = identity.signIn("admin", identity.password("admin"));

        assertThat(identity.get("/v1/accounts", tokens.get("access_token").asString())
                        .status())
                .isEqualTo(200);
        assertThat(identity.get("/v1/accounts", tokens.get("id_token").asString())
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "nobody-of-this-name", "' or true --", "\u6F22"})
    void a_wrong_password_and_a_name_that_nobody_has_are_refused_alike(String name) {
        assertThatThrownBy(() -> identity.signIn(name, "wrong"))
                .isInstanceOf(SignInByCode.Refused.class)
                .hasMessageContaining("does not take the name " + name);
    }

    @Test
    void after_five_wrong_passwords_the_right_one_must_wait_too() throws Exception {
        String right = identity.password("street-operator");
        for (int i = 0; i < SignInAttempts.ALLOWED; i++) {
            assertThatThrownBy(() -> identity.signIn("street-operator", "wrong"))
                    .isInstanceOf(SignInByCode.Refused.class);
        }

        assertThatThrownBy(() -> identity.signIn("street-operator", right)).isInstanceOf(SignInByCode.Refused.class);
        assertThat(identity.token("city-operator")).isNotEmpty();
    }

    @Test
    void one_sign_in_gives_one_code_and_leaves_no_session() throws Exception {
        try (HttpClient browser = SignInByCode.newBrowser()) {
            identity.commandLine().askForCode(browser, "analyst", identity.password("analyst"));

            assertThat(redirect(browser, question("code_challenge=" + "x".repeat(43) + "&code_challenge_method=S256")))
                    .endsWith("/login");
        }
    }

    @Test
    void a_code_is_redeemed_once_and_by_whoever_asked_for_it() throws Exception {
        try (HttpClient browser = SignInByCode.newBrowser()) {
            var code = identity.commandLine().askForCode(browser, "analyst", identity.password("analyst"));
            String redeem = "grant_type=authorization_code&client_id=city-brain-command-line"
                    + "&redirect_uri=http://127.0.0.1/token&code=" + code.value() + "&code_verifier=";

            assertThat(token(browser, redeem + "y".repeat(43))).contains("invalid_grant");
            assertThat(token(browser, redeem + code.verifier()))
                    .contains("access_token")
                    .doesNotContain("refresh_token");
            assertThat(token(browser, redeem + code.verifier())).contains("invalid_grant");
        }
    }

    @Test
    void the_dashboard_without_its_secret_gets_no_token() throws Exception {
        assertThat(identity.signInAtDashboard("analyst").status()).isEqualTo(200);

        Answer refused = identity.redeem("guessed", "grant_type=authorization_code&code=x");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void without_proof_of_possession_or_for_a_foreign_address_there_is_no_code() throws Exception {
        try (HttpClient browser = SignInByCode.newBrowser()) {
            assertThat(redirect(browser, question("nonce=1"))).contains("error=invalid_request", "code_challenge");
            assertThat(status(browser, question("code_challenge=x").replace("127.0.0.1%2Ftoken", "evil.example%2F")))
                    .isEqualTo(400);
        }
    }

    @Test
    void the_page_runs_no_script_and_its_cookie_is_its_own() throws Exception {
        Answer page = identity.get("/login");

        assertThat(page.headers().get("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script-src");
        assertThat(page.text()).doesNotContain("<script", "style=", "onclick");
        assertThat(page.headers().get("set-cookie"))
                .startsWith("CITY_BRAIN_IDENTITY=")
                .contains("HttpOnly", "SameSite=Lax");
        assertThat(page.headers()).containsEntry("x-frame-options", "DENY");
    }

    @Test
    void passwords_and_keys_lie_where_only_the_owner_can_read_them_and_the_database_has_hashes() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rwx------");
        for (String file : List.of("people", "signing-keys.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            folder.resolve("secrets").resolve(file))))
                    .isEqualTo("rw-------");
        }
        List<String> hashes = JdbcClient.create(DATABASE.administratorDataSource())
                .sql("select password_hash from identity.account where provenance = 'SYNTHETIC'")
                .query(String.class)
                .list();
        assertThat(hashes).hasSize(9).doesNotHaveDuplicates().allMatch(hash -> hash.startsWith("{bcrypt}$2a$10$"));
    }

    /** A question for a code of the command line's client, with some of it to be told. */
    private static String question(String rest) {
        return identity.issuer() + "/oauth2/authorize?response_type=code&client_id=city-brain-command-line"
                + "&redirect_uri=http%3A%2F%2F127.0.0.1%2Ftoken&scope=openid&state=s&" + rest;
    }

    private static String redirect(HttpClient browser, String uri) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static int status(HttpClient browser, String uri) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static String token(HttpClient browser, String form) throws Exception {
        return browser.send(
                        HttpRequest.newBuilder(identity.issuer().resolve("/oauth2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
