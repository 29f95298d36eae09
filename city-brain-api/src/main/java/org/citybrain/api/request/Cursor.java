package org.citybrain.api.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended, made opaque, so that callers do not build one themselves. */
final class Cursor {

    private Cursor() {}

    static String of(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if no such cursor was ever given out */
    static String key(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    }
}
