package org.citybrain.local.bench;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citybrain.access.Role;
import org.citybrain.access.secret.SecretFile;
import org.citybrain.local.LocalPorts;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Access tokens of made-up people, signed with the key of the identity server that is measured beside: hundreds of people need not sign in one by one. */
final class BenchTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final NimbusJwtEncoder encoder;
    private final String issuer;

    private BenchTokens(NimbusJwtEncoder encoder, String issuer) {
        this.encoder = encoder;
        this.issuer = issuer;
    }

    static BenchTokens of(BenchSystem system) throws IOException, ParseException {
        String keys = new SecretFile(system.folder().resolve("secrets/signing-keys.json"))
                .read()
                .orElseThrow(() -> new IOException("the identity server has no key"));
        JWKSet signing = new JWKSet(JWKSet.parse(keys).getKeys().getFirst());
        return new BenchTokens(
                new NimbusJwtEncoder(new ImmutableJWKSet<>(signing)),
                LocalPorts.url(system.ports().identity()));
    }

    /** @param unit the code whose subtree the person sees */
    String operator(String name, String unit) {
        Instant now = Instant.now();
        return encoder.encode(JwtEncoderParameters.from(JwtClaimsSet.builder()
                        .issuer(issuer)
                        .audience(List.of("city-brain"))
                        .subject(name)
                        .issuedAt(now)
                        .expiresAt(now.plus(LIFETIME))
                        .claim("preferred_username", name)
                        .claim("roles", List.of(Role.OPERATOR.name()))
                        .claim("unit", unit)
                        .build()))
                .getTokenValue();
    }
}
