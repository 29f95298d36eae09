package org.citybrain.api.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a token can be wrong, over HTTP. The guard is the same in every service. */
class TokensTest {

    private static final TokenIssuer ISSUER = TokenIssuer.start();
    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.start("CITY_BRAIN_ISSUER=" + ISSUER.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        ISSUER.close();
    }

    record Bad(String what, String token) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> badTokens() throws Exception {
        try (TokenIssuer other = TokenIssuer.start()) {
            String good = good();
            return Stream.of(
                    new Bad("no token at all", "gibberish"),
                    new Bad("two parts", "a.b"),
                    new Bad("three parts of nothing", ".."),
                    new Bad("its payload changed", tampered(good)),
                    new Bad("its signature cut off", good.substring(0, good.lastIndexOf('.') + 1)),
                    new Bad("no algorithm", new PlainJWT(claims().build()).serialize()),
                    new Bad("signed with a shared secret", shared()),
                    new Bad("signed by another", other.sign(claims().build())),
                    new Bad(
                            "another issuer",
                            ISSUER.sign(claims().issuer(other.url()).build())),
                    new Bad("no issuer", ISSUER.sign(claims().issuer(null).build())),
                    new Bad(
                            "for another system",
                            ISSUER.sign(claims().audience("city-hall").build())),
                    new Bad(
                            "for no system",
                            ISSUER.sign(claims().audience((String) null).build())),
                    new Bad(
                            "expired",
                            ISSUER.sign(claims().expirationTime(at(-60)).build())),
                    new Bad(
                            "without an end",
                            ISSUER.sign(claims().expirationTime(null).build())),
                    new Bad(
                            "not yet good",
                            ISSUER.sign(claims().notBeforeTime(at(3600)).build())),
                    new Bad(
                            "a unit that cannot be",
                            ISSUER.sign(claims().claim("unit", "5' or '1'='1").build())),
                    new Bad(
                            "a name without end",
                            ISSUER.sign(claims().claim("preferred_username", "x".repeat(129))
                                    .build())))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void a_bad_token_is_refused_with_a_reason_and_never_shown_again(Bad bad) {
        Answer answer = api.getAs(bad.token(), "/v1/me");

        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.reason()).isEqualTo("BAD_TOKEN");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.text()).doesNotContain(bad.token()).doesNotContain("Exception");
    }

    @Test
    void a_good_token_tells_who_is_signed_in_and_roles_of_other_systems_count_for_nothing() {
        String token = ISSUER.token("li", "500000", "OPERATOR", "offline_access", "ROLE_ADMIN");

        assertThat(api.getAs(token, "/v1/me").json().get("roles").toString()).isEqualTo("[\"OPERATOR\"]");
        assertThat(api.getAs(token, "/v1/me").json().at("/unit/code").asString())
                .isEqualTo("50");
        assertThat(api.getAs(token, "/v1/audit").status()).isEqualTo(403);
    }

    @Test
    void a_new_key_is_known_at_once_and_the_one_before_it_forgotten_without_a_restart() {
        String before = good();
        assertThat(api.getAs(before, "/v1/me").status()).isEqualTo(200);

        ISSUER.swapKey();
        String after = good();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.getAs(after, "/v1/me").status() == 200);
        assertThat(api.getAs(before, "/v1/me").status()).isEqualTo(401);
    }

    @Test
    void forged_tokens_are_no_flood_at_the_issuer() throws Exception {
        assertThat(api.getAs(good(), "/v1/me").status()).isEqualTo(200);
        int asked = ISSUER.keyRequests();
        Instant began = Instant.now();
        try (TokenIssuer forger = TokenIssuer.start()) {
            for (int i = 0; i < 100; i++) {
                forger.swapKey();
                assertThat(api.getAs(forger.sign(claims().build()), "/v1/me").status())
                        .isEqualTo(401);
            }
        }
        // Two in a second at most, however many were forged in it.
        long seconds = Duration.between(began, Instant.now()).toSeconds() + 2;
        assertThat((long) ISSUER.keyRequests() - asked).isLessThanOrEqualTo(2 * seconds);
    }

    @Test
    void while_the_issuer_does_not_answer_known_keys_count_and_a_service_that_knows_none_says_503() {
        try (TokenIssuer silent = TokenIssuer.start();
                RunningApi fresh = RunningApi.start("CITY_BRAIN_ISSUER=" + silent.url())) {
            silent.answer(false);
            String token = silent.token("li", "50", "OPERATOR");
            Answer unknown = fresh.getAs(token, "/v1/me");
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.reason()).isEqualTo("IDENTITY_UNREACHABLE");
            assertThat(unknown.header("Retry-After")).isNotBlank();

            silent.answer(true);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> fresh.getAs(token, "/v1/me").status() == 200);
            silent.answer(false);
            assertThat(fresh.getAs(token, "/v1/me").status()).isEqualTo(200);
        }
    }

    @Test
    void an_issuer_that_is_not_reached_at_its_name_is_asked_where_it_is_but_must_say_its_name() {
        String name = "https://identity.city.example/realms/city-brain";
        try (TokenIssuer hidden = TokenIssuer.startNamed(name);
                RunningApi ours =
                        RunningApi.start("CITY_BRAIN_ISSUER=" + name, "CITY_BRAIN_ISSUER_ADDRESS=" + hidden.url());
                RunningApi theirs = RunningApi.start(
                        "CITY_BRAIN_ISSUER=https://other.example", "CITY_BRAIN_ISSUER_ADDRESS=" + hidden.url())) {
            String token = hidden.token("li", "50", "OPERATOR");

            assertThat(ours.getAs(token, "/v1/me").status()).isEqualTo(200);
            assertThat(theirs.getAs(token, "/v1/me").reason()).isEqualTo("IDENTITY_UNREACHABLE");
        }
    }

    @Test
    void the_monitoring_systems_key_reads_the_metrics_and_nothing_else() {
        String key = "f3c1a7d2b9e84c50a6d1e2f3b4c5d6e7";
        try (RunningApi watched =
                RunningApi.start("CITY_BRAIN_ISSUER=http://127.0.0.1:1", "CITY_BRAIN_METRICS_KEY=" + key)) {
            assertThat(watched.getAs(key, "/actuator/prometheus").status())
                    .as("also while the issuer is away")
                    .isEqualTo(200);
            assertThat(watched.getAs(key, "/v1/me").status()).isEqualTo(401);
            assertThat(watched.getAs(key, "/actuator/info").status()).isEqualTo(401);
            assertThat(watched.getAs(key + "x", "/actuator/prometheus").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void answers_are_data_and_a_browser_may_do_nothing_else_with_them() {
        Answer answer = api.getAs(good(), "/v1/me");

        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(api.getAs("", "/").header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .doesNotContain("unsafe-inline");
    }

    private static String good() {
        return ISSUER.token("li", "50", "OPERATOR");
    }

    private static JWTClaimsSet.Builder claims() {
        return ISSUER.claims("li", "50", "OPERATOR");
    }

    private static Date at(int seconds) {
        return Date.from(RunningApi.NOW.plusSeconds(seconds));
    }

    private static String tampered(String good) {
        String[] parts = good.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1])).replace("OPERATOR", "ADMIN");
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes()) + "."
                + parts[2];
    }

    private static String shared() throws Exception {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
        token.sign(new MACSigner("a secret that both would have to know".getBytes()));
        return token.serialize();
    }
}
