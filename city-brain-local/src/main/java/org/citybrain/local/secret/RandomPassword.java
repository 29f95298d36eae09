package org.citybrain.local.secret;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that nobody can guess and that need no quoting anywhere. */
public final class RandomPassword {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private RandomPassword() {}

    /** 48 hexadecimal digits: 192 random bits. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
