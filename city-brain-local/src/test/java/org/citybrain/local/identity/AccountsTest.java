package org.citybrain.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
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

/** What administrators do here, over HTTP, and what comes of it for those concerned. */
class AccountsTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final String OPERATOR_OF_THE_CITY = """
            {"roles": ["OPERATOR"], "unit": "50", "enabled": true}""";

    @TempDir
    static Path folder;

    private static IdentityRun identity;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        OneChain.load(DATABASE);
        identity = new IdentityRun(DATABASE, folder);
        admin = identity.token("admin");
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"city-operator", "grid-worker", "department", "analyst", "integrator"})
    void only_an_administrator_gets_anywhere(String name) throws Exception {
        String token = identity.token(name);

        for (Answer answer : List.of(
                identity.get("/v1/accounts", token),
                identity.get("/v1/accounts/" + name, token),
                identity.put("/v1/accounts/" + name, token, OPERATOR_OF_THE_CITY),
                identity.post("/v1/accounts/" + name + "/password", token),
                identity.post("/v1/keys/rotations", token),
                identity.get("/actuator/prometheus", token))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body().get("reason").asString()).isEqualTo("NOT_ALLOWED");
        }
    }

    @Test
    void without_a_token_there_is_401_and_never_a_redirect() throws Exception {
        Answer answer = identity.get("/v1/accounts");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().get("reason").asString()).isEqualTo("NOT_SIGNED_IN");
        assertThat(identity.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void an_account_is_registered_gets_a_password_and_signs_in() throws Exception {
        Answer registered = identity.put("/v1/accounts/li.operator", admin, """
                {"roles": ["OPERATOR", "ANALYST"], "unit": "500103", "enabled": true}""");
        assertThat(registered.status()).as(registered.text()).isEqualTo(200);
        assertThat(registered.body().get("provenance").asString()).isEqualTo("REGISTERED");
        assertThatThrownBy(() -> identity.signIn("li.operator", "")).isInstanceOf(SignInByCode.Refused.class);

        Answer renewed = identity.post("/v1/accounts/li.operator/password", admin);

        assertThat(renewed.headers()).containsEntry("cache-control", "no-store");
        String password = renewed.body().get("password").asString();
        Jwt token = identity.verify(
                identity.signIn("li.operator", password).get("access_token").asString());
        assertThat(token.getClaimAsStringList("roles")).containsExactlyInAnyOrder("OPERATOR", "ANALYST");
        assertThat(token.getClaimAsString("unit")).isEqualTo("500103");
        assertThat(identity.get("/v1/accounts/li.operator", admin).text())
                .doesNotContain("password", "bcrypt", password);
        assertThat(identity.get("/v1/accounts?cursor=integrator", admin)
                        .body()
                        .at("/items/0/name")
                        .asString())
                .isEqualTo("li.operator");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ada   | {'roles': ['KING'], 'enabled': true}                        | BAD_VALUE | KING    | OPERATOR",
                "ada   | {'roles': [null], 'enabled': true}                          | BAD_VALUE | null    | OPERATOR",
                "ada   | {'roles': ['OPERATOR'], 'unit': '5001', 'enabled': true}    | BAD_VALUE | 5001    | digits",
                "ada   | {'roles': ['OPERATOR'], 'unit': '', 'enabled': true}        | BAD_VALUE | ``      | digits",
                "ada   | {'roles': ['DEPARTMENT'], 'enabled': true}                  | BAD_VALUE | null    | a-z",
                "ada   | {'roles': [], 'department': 'A b', 'enabled': true}         | BAD_VALUE | A b     | a-z",
                "ada   | {'roles': []}                                               | BAD_VALUE | missing | true or false",
                "ada   | {'enabled': true}                                           | BAD_VALUE | missing | a list of roles",
                "ADA   | {'roles': [], 'enabled': true}                              | BAD_VALUE | ADA     | a-z",
                "a%00a | {'roles': [], 'enabled': true}                              | BAD_VALUE |         | a-z",
                "ada   | {'roles': [], 'enabled': true, 'password': 'mine'}          | BAD_BODY  | password | roles, unit",
                "ada   | {'roles': 'OPERATOR', 'enabled': true}                      | BAD_BODY  |         | JSON",
                "ada   | {'roles': [[]], 'enabled': {}}                              | BAD_BODY  |         | JSON",
                "ada   | []                                                          | BAD_BODY  |         | JSON",
                "ada   | {                                                           | BAD_BODY  |         | JSON",
            })
    void a_mistake_is_answered_with_what_was_expected_and_changes_nothing(
            String name, String body, String reason, String value, String expected) throws Exception {
        Answer answer = identity.put("/v1/accounts/" + name, admin, body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        // A zero character is no part of any path: the firewall is the first to say so.
        if (!name.contains("%00")) {
            assertThat(answer.body().get("reason").asString()).isEqualTo(reason);
            assertThat(answer.body().path("value").asString(null)).isEqualTo(value);
            assertThat(answer.body().get("expected").asString()).contains(expected);
        }
        assertThat(identity.get("/v1/accounts/ada", admin).status()).isEqualTo(404);
    }

    @Test
    void nobody_changes_the_own_account_so_that_there_is_always_an_administrator() throws Exception {
        Answer refused = identity.put("/v1/accounts/admin", admin, "{\"roles\": [], \"enabled\": false}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("reason").asString()).isEqualTo("OWN_ACCOUNT");
    }

    @Test
    void a_refresh_token_is_good_for_one_refresh() throws Exception {
        String first = refreshToken(identity.signInAtDashboard("analyst"));

        Answer refreshed = identity.refresh(first);

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(identity.verify(refreshed.body().get("access_token").asString())
                        .getSubject())
                .isEqualTo("analyst");
        assertThat(identity.refresh(first).status()).isEqualTo(400);
        assertThat(identity.refresh(refreshToken(refreshed)).status()).isEqualTo(200);
    }

    @Test
    void a_disabled_account_gets_no_further_token_and_its_enabling_brings_back_none() throws Exception {
        String refresh = refreshToken(identity.signInAtDashboard("district-operator"));

        change("district-operator", """
                {"roles": ["OPERATOR"], "unit": "500103", "enabled": false}""");

        assertThat(identity.refresh(refresh).body().get("error").asString()).isEqualTo("invalid_grant");
        assertThatThrownBy(() -> identity.token("district-operator")).isInstanceOf(SignInByCode.Refused.class);
        change("district-operator", """
                {"roles": ["OPERATOR"], "unit": "500103", "enabled": true}""");
        assertThat(identity.refresh(refresh).status()).isEqualTo(400);
        assertThat(identity.token("district-operator")).isNotEmpty();
    }

    @Test
    void who_is_moved_to_another_unit_signs_in_again_and_has_the_new_one() throws Exception {
        String refresh = refreshToken(identity.signInAtDashboard("street-operator"));

        change("street-operator", """
                {"roles": ["OPERATOR"], "unit": "500103002", "enabled": true}""");

        assertThat(identity.refresh(refresh).status()).isEqualTo(400);
        assertThat(identity.verify(identity.token("street-operator")).getClaimAsString("unit"))
                .isEqualTo("500103002");
    }

    @Test
    void a_new_password_ends_the_old_one_and_whoever_signed_in_with_it() throws Exception {
        String old = identity.password("community-operator");
        String refresh = refreshToken(identity.signInAtDashboard("community-operator"));

        identity.post("/v1/accounts/community-operator/password", admin);

        assertThat(identity.refresh(refresh).status()).isEqualTo(400);
        assertThatThrownBy(() -> identity.signIn("community-operator", old)).isInstanceOf(SignInByCode.Refused.class);
        assertThat(identity.token("community-operator"))
                .as("the demo people's file has the new one")
                .isNotEmpty();
    }

    @Test
    void after_a_rotation_new_tokens_have_the_new_key_and_old_ones_are_still_good() throws Exception {
        String old = identity.token("analyst");

        Answer rotated = identity.post("/v1/keys/rotations", admin);

        assertThat(rotated.status()).isEqualTo(201);
        String keyId = rotated.body().get("keyId").asString();
        assertThat(identity.verify(identity.token("analyst")).getHeaders()).containsEntry("kid", keyId);
        assertThat(identity.verify(old).getHeaders().get("kid")).isNotEqualTo(keyId);
        assertThat(identity.get("/v1/accounts", admin).status()).isEqualTo(200);
        assertThat(identity.get("/oauth2/jwks").body().get("keys"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(key -> assertThat(key.propertyNames()).doesNotContain("d", "p", "q", "dp", "dq", "qi"));
    }

    @Test
    void what_was_done_is_in_the_audit_trail_and_secrets_are_not() throws Exception {
        change("integrator", """
                {"roles": ["INTEGRATOR"], "enabled": true}""");
        String password = identity.post("/v1/accounts/integrator/password", admin)
                .body()
                .get("password")
                .asString();
        assertThatThrownBy(() -> identity.signIn("integrator", "wrong")).isInstanceOf(SignInByCode.Refused.class);
        identity.token("integrator");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(trail())
                        .contains(
                                "admin ADMIN account.change integrator DONE",
                                "admin ADMIN account.new-password integrator DONE",
                                "nobody  POST /login REFUSED:BAD_PASSWORD",
                                "integrator INTEGRATOR account.sign-in integrator DONE"));
        assertThat(String.join("\n", trail())).doesNotContain(password);
    }

    private static List<String> trail() {
        return JdbcClient.create(DATABASE.administratorDataSource())
                .sql("""
                        select actor || ' ' || roles || ' ' || action || ' ' || object || ' ' || result
                        from audit.line where service = 'identity-server' order by sequence
                        """)
                .query(String.class)
                .list();
    }

    private static void change(String name, String body) throws Exception {
        Answer changed = identity.put("/v1/accounts/" + name, admin, body);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private static String refreshToken(Answer tokens) {
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        return tokens.body().get("refresh_token").asString();
    }
}
