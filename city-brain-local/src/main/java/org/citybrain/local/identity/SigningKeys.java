package org.citybrain.local.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.citybrain.access.secret.SecretFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The keys that sign tokens (RS256, which every client of OpenID Connect knows), in one owner-only file. The first of them
 * signs. One that a newer has replaced goes on being published until every token that it signed has expired.
 */
@Component
class SigningKeys implements JWKSource<SecurityContext> {

    /** The longest life of a token that is signed: ID tokens get 30 minutes, access tokens 15. */
    static final Duration PUBLISHED_AFTER_REPLACEMENT = Duration.ofMinutes(30);

    private static final int MOST_KEYS = 8;
    private static final int BITS = 2048;

    private final SecretFile file;
    private final Clock clock;
    /** The newest first. */
    private volatile List<JWK> keys;

    SigningKeys(IdentitySettings settings, Clock clock) throws IOException, ParseException, JOSEException {
        this.file = settings.file("signing-keys.json");
        this.clock = clock;
        this.keys = JWKSet.parse(file.read().orElse("{\"keys\":[]}")).getKeys();
        if (keys.isEmpty()) {
            store(List.of(newKey()));
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(new JWKSet(published()));
    }

    /**
     * Makes a new key, which signs from now on; returns its id.
     *
     * @throws TooManyKeys when too many replaced ones are still needed
     */
    synchronized String rotate() throws IOException, JOSEException {
        List<JWK> before = published();
        if (before.size() == MOST_KEYS) {
            throw new TooManyKeys();
        }
        List<JWK> after = new ArrayList<>(before);
        after.set(0, untilItsTokensExpire((RSAKey) before.getFirst()));
        after.addFirst(newKey());
        store(after);
        return after.getFirst().getKeyID();
    }

    /** Keys were replaced so fast that the set of published ones would become large. */
    static final class TooManyKeys extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private List<JWK> published() {
        Instant now = clock.instant();
        return keys.stream()
                .filter(key -> key.getExpirationTime() == null
                        || key.getExpirationTime().toInstant().isAfter(now))
                .toList();
    }

    private void store(List<JWK> changed) throws IOException {
        file.write(new JWKSet(changed).toString(false));
        keys = List.copyOf(changed);
    }

    private JWK newKey() throws JOSEException {
        return new RSAKeyGenerator(BITS)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyID(UUID.randomUUID().toString())
                .issueTime(Date.from(clock.instant()))
                .generate();
    }

    private JWK untilItsTokensExpire(RSAKey replaced) {
        return new RSAKey.Builder(replaced)
                .expirationTime(Date.from(clock.instant().plus(PUBLISHED_AFTER_REPLACEMENT)))
                .build();
    }
}
