package org.citybrain.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignMessageTest {

    private static final byte[] SECRET = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** The example that the makers of the convention publish. */
    @Test
    void the_published_example_has_the_published_signature() {
        assertThat(SignMessage.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", List.of(SECRET)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void while_a_secret_changes_over_both_sign() {
        assertThat(SignMessage.sign("id", 1, "{}", List.of(SECRET, new byte[] {1}))
                        .split(" "))
                .hasSize(2)
                .allMatch(signature -> signature.startsWith("v1,"));
    }

    @Test
    void every_subscription_and_every_renewal_has_a_secret_of_its_own() {
        var secrets = new WebhookSecrets("0123456789abcdef0123456789abcdef");
        var others = new WebhookSecrets("another key that is long enough!!");
        UUID subscription = UUID.randomUUID();

        assertThat(secrets.shown(subscription, 1))
                .matches("whsec_[A-Za-z0-9+/]{43}=")
                .isEqualTo(secrets.shown(subscription, 1))
                .isNotEqualTo(secrets.shown(subscription, 2))
                .isNotEqualTo(secrets.shown(UUID.randomUUID(), 1))
                .isNotEqualTo(others.shown(subscription, 1));
    }
}
