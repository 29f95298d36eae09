package org.citybrain.api.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of a piece of evidence: 64 hexadecimal digits, in small letters, and nothing else, so that it is safe in any path. */
record Sha256(String hex) {

    static final String EXPECTED = "a SHA-256 as 64 hexadecimal digits in small letters";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if it is none */
    Sha256 {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    static Sha256 of(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /** How a report or a report-back refers to it. */
    String uri() {
        return "citybrain:evidence/" + hex;
    }

    @Override
    public String toString() {
        return hex;
    }
}
