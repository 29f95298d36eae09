package org.citybrain.api.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.citybrain.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key} of a request that makes something. The id of what is made follows from it and from the person, so the
 * same request again, also at the same instant to another instance, meets what the first one made.
 */
public final class RequestKey {

    public static final String HEADER = "Idempotency-Key";

    /** Printable ASCII, so that it can be written into any log. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private RequestKey() {}

    /**
     * The id of what this request makes: a UUID of version 8.
     *
     * @param thing what is made: the same key may make one of each
     * @throws org.springframework.web.ErrorResponseException a 400 problem if the key is missing or cannot be
     */
    public static UUID id(String thing, String person, @Nullable String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw Problem.badHeader(HEADER, key, "a UUID, or 1 to 128 printable characters without a space");
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256(thing + "\n" + person + "\n" + key));
        return new UUID(
                (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L,
                (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
