package org.citybrain.intake.key;

import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored.
 *
 * @param hash of the whole key
 * @param endsAt from when on it is refused; null where it has no end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared but in constant time
record StoredKey(
        String keyId,
        String sourceId,
        byte[] hash,
        Instant createdAt,
        @Nullable Instant endsAt) {

    boolean isGood(KeyText key, Instant now) {
        return MessageDigest.isEqual(hash, key.hash()) && (endsAt == null || now.isBefore(endsAt));
    }
}
