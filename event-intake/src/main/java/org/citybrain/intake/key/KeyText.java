package org.citybrain.intake.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its gateway writes it: {@code cbk_<keyId>_<secret>}, the id of 64 and the secret of 256 random bits, both in
 * hexadecimal digits. Has no {@code toString} that shows it.
 */
final class KeyText {

    private static final Pattern FORM = Pattern.compile("cbk_([0-9a-f]{16})_[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String keyId;
    private final String text;

    private KeyText(String keyId, String text) {
        this.keyId = keyId;
        this.text = text;
    }

    static KeyText random() {
        String keyId = randomHex(8);
        return new KeyText(keyId, "cbk_" + keyId + "_" + randomHex(32));
    }

    /** Empty if it has not the form of a key. */
    static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(form.group(1), text)) : Optional.empty();
    }

    String keyId() {
        return keyId;
    }

    /** The key itself: to be shown once. */
    String reveal() {
        return text;
    }

    /** SHA-256 is enough: nobody tries 2^256 secrets, however fast. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
