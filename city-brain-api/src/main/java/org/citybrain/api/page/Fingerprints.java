package org.citybrain.api.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.Resource;

/**
 * By what a browser knows a file again: the SHA-256 of its content, taken once. The dates of files in archives would not do; many are
 * the same for every version. Weak, because the container compresses what it sends.
 */
final class Fingerprints {

    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** The value of an {@code ETag}. */
    String find(Resource file) {
        try {
            return known.computeIfAbsent(file.getURL() + "@" + file.lastModified(), place -> take(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String take(Resource file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getContentAsByteArray());
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
