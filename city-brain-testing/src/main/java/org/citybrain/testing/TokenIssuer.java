package org.citybrain.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.citybrain.infrastructure.CannotStart;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens for tests: a discovery document, public keys and signatures as any OpenID Connect provider has them,
 * and whatever claims a test wants to try. Nobody signs in here; the real sign-in is tested with the local identity server
 * and with Keycloak.
 */
public final class TokenIssuer implements AutoCloseable {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final HttpServer server;
    private final String name;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile ECKey key = newKey();
    private volatile boolean answering = true;

    private TokenIssuer(HttpServer server, @Nullable String name) {
        this.server = server;
        this.name = name == null ? url() : name;
    }

    /** Starts one at a free port of 127.0.0.1; that is its name, too. */
    public static TokenIssuer start() {
        return startNamed(null);
    }

    /** Starts one that is not reached at its name, as one behind a proxy. */
    public static TokenIssuer startNamed(@Nullable String name) {
        try {
            var issuer = new TokenIssuer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), name);
            issuer.serve("/.well-known/openid-configuration", () -> """
                    {"issuer": "%s", "jwks_uri": "%s/keys"}""".formatted(issuer.name, issuer.url()));
            issuer.serve("/keys", () -> {
                issuer.keyRequests.incrementAndGet();
                return new JWKSet(issuer.key.toPublicJWK()).toString();
            });
            issuer.server.start();
            return issuer;
        } catch (IOException failure) {
            throw new CannotStart("cannot start the issuer of tokens: " + failure.getMessage(), failure);
        }
    }

    /** Where it is reached. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * A good token, for an hour.
     *
     * @param unit the code whose subtree the person sees, if any
     */
    public String token(String name, @Nullable String unit, String... roles) {
        return sign(claims(name, unit, roles).build());
    }

    /** A good token of somebody who speaks for a department. */
    public String tokenOfDepartment(String name, String unit, String department) {
        return sign(
                claims(name, unit, "DEPARTMENT").claim("department", department).build());
    }

    /** The claims of a good token, for a test to spoil. */
    public JWTClaimsSet.Builder claims(String name, @Nullable String unit, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(this.name)
                .audience("city-brain")
                .subject(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("preferred_username", name)
                .claim("roles", List.of(roles))
                .claim("unit", unit);
    }

    /** Signed with the key that is published now. */
    public String sign(JWTClaimsSet claims) {
        try {
            ECKey signing = key;
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(JOSEObjectType.JWT)
                            .keyID(signing.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(signing));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** From now on another key signs, and the one before it is not published any more. */
    public void swapKey() {
        key = newKey();
    }

    /** How often the keys were asked for. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** Answers nothing but 503, until told otherwise. */
    public void answer(boolean answering) {
        this.answering = answering;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, Supplier<String> json) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, json);
            }
        });
    }

    private void answer(HttpExchange exchange, Supplier<String> json) throws IOException {
        if (!answering) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
