package org.citybrain.api.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of webhooks. None is kept anywhere: each follows from the service's key, the subscription and how often its secret was
 * renewed, so there is nothing in the database, a backup or a log that could be stolen.
 */
final class WebhookSecrets {

    static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";

    private final byte[] key;

    /** @param key empty: there are no webhooks */
    WebhookSecrets(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    boolean areThere() {
        return key.length > 0;
    }

    /** As it is shown to the subscriber: {@code whsec_} and the bytes in base64. */
    String shown(UUID subscription, int generation) {
        return PREFIX + Base64.getEncoder().encodeToString(bytes(subscription, generation));
    }

    byte[] bytes(UUID subscription, int generation) {
        return hmac(key, "webhook:" + subscription + ":" + generation);
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
