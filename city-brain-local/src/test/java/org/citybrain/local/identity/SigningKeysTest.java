package org.citybrain.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private SigningKeys keys;

    @BeforeEach
    void make() throws Exception {
        keys = read();
    }

    @Test
    void a_key_that_was_replaced_is_published_until_its_tokens_have_expired_and_no_longer() throws Exception {
        String first = published(keys).getFirst();

        String second = keys.rotate();

        assertThat(published(keys)).containsExactly(second, first);
        clock.advance(SigningKeys.PUBLISHED_AFTER_REPLACEMENT.minusSeconds(1));
        assertThat(published(keys)).containsExactly(second, first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(published(keys)).containsExactly(second);
    }

    @Test
    void they_outlive_a_restart_in_a_file_that_only_its_owner_can_read() throws Exception {
        keys.rotate();

        assertThat(published(read())).isEqualTo(published(keys)).hasSize(2);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("secrets/signing-keys.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void so_many_replaced_keys_that_the_published_set_would_grow_large_are_refused() throws Exception {
        for (int i = 1; i < 8; i++) {
            keys.rotate();
        }

        assertThatThrownBy(keys::rotate).isInstanceOf(SigningKeys.TooManyKeys.class);
        clock.advance(SigningKeys.PUBLISHED_AFTER_REPLACEMENT);
        keys.rotate();
        assertThat(published(keys)).hasSize(2);
    }

    private SigningKeys read() throws Exception {
        return new SigningKeys(new IdentitySettings(folder.resolve("secrets"), URI.create("http://127.0.0.1")), clock);
    }

    private static List<String> published(SigningKeys keys) {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).stream()
                .map(JWK::getKeyID)
                .toList();
    }
}
