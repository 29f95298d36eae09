package org.citybrain.api.webhook;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Signs after the Standard Webhooks convention: {@code v1,} and the HMAC-SHA256 over id, time and body, in base64. */
final class SignMessage {

    private SignMessage() {}

    /**
     * The value of {@code webhook-signature}.
     *
     * @param epochSecond the value of {@code webhook-timestamp}
     * @param secrets the present one first; while it changes over the former one, too, each with a signature of its own
     */
    static String sign(String id, long epochSecond, String body, List<byte[]> secrets) {
        String signed = id + "." + epochSecond + "." + body;
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(WebhookSecrets.hmac(secret, signed)))
                .collect(Collectors.joining(" "));
    }
}
