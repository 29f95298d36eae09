package org.citybrain.dispatch.consume;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code report-received}: the report, or why it could not be read.
 *
 * @param sourceId who reported, by the record's headers; {@code unknown} where they do not tell
 * @param receivedAt when intake took it, by the record's headers; the record's own time where they do not tell
 * @param undecodable why the value is no report; absent where {@code report} is there
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes as they came; records are never compared
public record ConsumedReport(
        String topic,
        int partition,
        long offset,
        String sourceId,
        Instant receivedAt,
        @Nullable String traceId,
        @Nullable ReportReceived report,
        @Nullable String undecodable,
        Headers headers,
        byte[] value) {

    private static final Headers NO_HEADERS = new RecordHeaders();
    private static final byte[] NOTHING = {};

    /** A report that was stored, to be decided once more: it comes from no topic and is stored nowhere. */
    public static ConsumedReport rehearsed(ReportReceived report) {
        return new ConsumedReport(
                "rehearsal",
                0,
                0,
                report.report().source().id(),
                report.receivedAt(),
                null,
                report,
                null,
                NO_HEADERS,
                NOTHING);
    }

    /** The report's id, where one could be read. */
    public @Nullable UUID reportId() {
        return report == null ? null : report.reportId();
    }

    /** The report, which must have been readable. */
    public ReportReceived get() {
        if (report == null) {
            throw new IllegalStateException("record " + partition + "@" + offset + " is no report: " + undecodable);
        }
        return report;
    }

    /** The record's headers as text, fit to be stored. */
    public Map<String, String> headersAsText() {
        Map<String, String> text = new LinkedHashMap<>();
        for (Header header : headers) {
            byte[] content = header.value();
            text.put(
                    withoutNul(header.key()),
                    content == null ? "" : withoutNul(new String(content, StandardCharsets.UTF_8)));
        }
        return text;
    }

    static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
