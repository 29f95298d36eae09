package org.citybrain.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Decides whether a token is good: signed by a key that the issuer publishes now, made by that issuer, for this system, and
 * neither too old nor without an end.
 *
 * <p>Keys are remembered for {@link #KEYS_KEPT}, and read anew as soon as a token names one that is not known, though not
 * more often than every {@link #KEYS_ASKED_EVERY}: forged tokens must not become a flood at the issuer. So a new key is
 * known at once and a withdrawn one forgotten within a minute, without a restart. While the issuer does not answer, the
 * keys that were known go on being used for an hour.
 */
final class CheckToken implements JwtDecoder {

    static final Duration KEYS_KEPT = Duration.ofMinutes(1);
    static final Duration KEYS_ASKED_EVERY = Duration.ofSeconds(1);
    private static final Duration KEYS_KEPT_IN_AN_OUTAGE = Duration.ofHours(1);
    private static final Duration KEYS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    /** Only signatures by key pairs: with a shared secret, the services could sign as well. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    private final JwtDecoder decoder;

    CheckToken(AccessSettings settings, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                ALGORITHMS,
                JWKSourceBuilder.create(new IssuerKeys(new IssuerDocument(settings)))
                        .cache(KEYS_KEPT.toMillis(), KEYS_PATIENCE.toMillis())
                        .refreshAheadCache(false)
                        .rateLimited(KEYS_ASKED_EVERY.toMillis())
                        .outageTolerant(KEYS_KEPT_IN_AN_OUTAGE.toMillis())
                        .build()));
        // The claims are judged below, with reasons.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var nimbus = new NimbusJwtDecoder(processor);
        var times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setClock(clock);
        nimbus.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times, endsSomeTime(), new JwtIssuerValidator(settings.issuer()), isFor(settings.audience())));
        this.decoder = nimbus;
    }

    /**
     * @throws BadJwtException when the token is not good
     * @throws JwtException when that cannot be told, because the issuer does not answer
     */
    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException bad) {
            throw bad;
        } catch (JwtException failure) {
            if (failure.getCause() instanceof RateLimitReachedException) {
                throw new BadJwtException("the token is signed by a key that the issuer does not publish", failure);
            }
            throw failure;
        }
    }

    private static OAuth2TokenValidator<Jwt> endsSomeTime() {
        return token ->
                token.getExpiresAt() == null ? failure("the token has no exp") : OAuth2TokenValidatorResult.success();
    }

    private static OAuth2TokenValidator<Jwt> isFor(String audience) {
        return token -> token.getAudience() != null && token.getAudience().contains(audience)
                ? OAuth2TokenValidatorResult.success()
                : failure("the token is not for " + audience);
    }

    private static OAuth2TokenValidatorResult failure(String what) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, what, null));
    }
}
