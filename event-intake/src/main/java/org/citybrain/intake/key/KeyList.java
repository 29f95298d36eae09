package org.citybrain.intake.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source's keys without their secrets, the newest first. */
record KeyList(List<Item> items) {

    KeyList {
        items = List.copyOf(items);
    }

    /** @param endsAt from when on it is refused, or has been; absent where it has no end */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(String keyId, Instant createdAt, @Nullable Instant endsAt) {}

    static KeyList of(List<StoredKey> keys) {
        return new KeyList(keys.stream()
                .map(key -> new Item(key.keyId(), key.createdAt(), key.endsAt()))
                .toList());
    }
}
