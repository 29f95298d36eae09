package org.citybrain.intake.key;

import java.time.Instant;

/**
 * A new key, the only time it is shown.
 *
 * @param key to be sent as {@code X-Api-Key}
 */
record IssuedKey(String keyId, String key, String sourceId, Instant createdAt) {

    /** Nothing that logs this logs the key. */
    @Override
    public String toString() {
        return "a key of " + sourceId + ", " + keyId;
    }
}
