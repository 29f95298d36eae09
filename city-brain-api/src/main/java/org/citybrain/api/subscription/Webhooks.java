package org.citybrain.api.subscription;

import java.util.UUID;

/** What a subscription needs to know of webhooks. */
public interface Webhooks {

    /**
     * Whether this address may be called.
     *
     * @throws org.springframework.web.ErrorResponseException 422 where it may not be, 409 where there are no webhooks in this installation
     */
    void check(String url);

    /** The secret of a subscription: {@code whsec_…}. */
    String secret(UUID subscription, int generation);
}
