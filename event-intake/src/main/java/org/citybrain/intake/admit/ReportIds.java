package org.citybrain.intake.admit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Ids for reports that bring none (RFC 9562). */
public final class ReportIds {

    /** The namespace of {@link #ofCloudEvent}; never changes. */
    public static final UUID CLOUD_EVENTS = UUID.fromString("5b0f6f0e-6d0b-5c5e-9a53-2c7f1f2d9a41");

    private static final SecureRandom RANDOM = new SecureRandom();

    private ReportIds() {}

    /** A UUIDv7: 48 bits of milliseconds, then random ones. */
    public static UUID newReportId(Clock clock) {
        long random = RANDOM.nextLong();
        long high = (clock.millis() << 16) | 0x7000 | (random & 0x0fff);
        long low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2);
        return new UUID(high, low);
    }

    /**
     * The UUIDv5 of a CloudEvent's source and id, which together are unique: name {@code source + " " + id}. A source is a
     * URI reference and so holds no space.
     */
    public static UUID ofCloudEvent(String source, String id) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(CLOUD_EVENTS.getMostSignificantBits())
                .putLong(CLOUD_EVENTS.getLeastSignificantBits())
                .array());
        ByteBuffer digest = ByteBuffer.wrap(sha1.digest((source + " " + id).getBytes(StandardCharsets.UTF_8)));
        long high = (digest.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000;
        long low = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
