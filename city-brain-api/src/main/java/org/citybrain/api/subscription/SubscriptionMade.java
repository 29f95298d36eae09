package org.citybrain.api.subscription;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, and the secret by which its webhook's messages are signed.
 *
 * @param secret the present one, shown where one is made; null for live notices
 */
public record SubscriptionMade(
        Subscription subscription,

        @Schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw5d4f1q0Zs6k=") @Nullable
        String secret) {

    /** Without its secret. */
    @Override
    public String toString() {
        return "SubscriptionMade[" + subscription.id() + "]";
    }
}
