package org.citybrain.local.bench;

import java.time.Instant;

/**
 * One event of a stream.
 *
 * @param text as it came, with the empty line that ends it
 */
record ServerSentEvent(String text) {

    private static final String RECORDED_AT = "\"recordedAt\":\"";

    boolean is(String name) {
        String line = "event: " + name + "\n";
        return text.startsWith(line) || text.contains("\n" + line);
    }

    /** When the line that an {@code incident} tells of was recorded. */
    Instant recordedAt() {
        int from = text.indexOf(RECORDED_AT) + RECORDED_AT.length();
        return Instant.parse(text.substring(from, text.indexOf('"', from)));
    }
}
