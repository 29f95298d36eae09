package org.citybrain.messages;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a record of {@link Topics#REPORT_RECEIVED} or {@link Topics#REPORT_REJECTED}, and when, read from its headers without opening
 * its value. Both ends of the ledger count by it, so that they agree on what cannot be read as well.
 *
 * @param sourceId {@code unknown} where the header {@code ce_source} does not tell
 * @param time when intake received it; the record's own time where the header {@code ce_time} does not tell
 */
public record RecordOrigin(String sourceId, Instant time) {

    /** What stands before the source's id in the CloudEvent's {@code source}. */
    public static final String SOURCE_PREFIX = "/event-intake/sources/";

    private static final String UNKNOWN = "unknown";
    /** A header further from the time that the broker noted was not written by us; no partition is made for it. */
    private static final Duration BELIEVABLE = Duration.ofDays(2);

    public static RecordOrigin of(ConsumerRecord<?, ?> record) {
        return new RecordOrigin(sourceId(text(record, "ce_source")), time(record, text(record, "ce_time")));
    }

    private static String sourceId(@Nullable String source) {
        if (source == null || !source.startsWith(SOURCE_PREFIX)) {
            return UNKNOWN;
        }
        try {
            String id = URLDecoder.decode(source.substring(SOURCE_PREFIX.length()), StandardCharsets.UTF_8);
            return id.isEmpty() || id.indexOf('\0') >= 0 ? UNKNOWN : id;
        } catch (IllegalArgumentException notEncoded) {
            return UNKNOWN;
        }
    }

    private static Instant time(ConsumerRecord<?, ?> record, @Nullable String time) {
        Instant noted = Instant.ofEpochMilli(record.timestamp());
        if (time == null) {
            return noted;
        }
        try {
            Instant told = Instant.parse(time);
            return Duration.between(noted, told).abs().compareTo(BELIEVABLE) <= 0 ? told : noted;
        } catch (DateTimeException | ArithmeticException notATime) {
            return noted;
        }
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
