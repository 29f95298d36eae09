package org.citybrain.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report that passed the gate.
 *
 * @param reportId the report's id, never absent here
 * @param receivedAt when intake took it
 * @param position its place in WGS-84; the original, with its datum or unit, stands in {@code report.location}
 * @param footprint its polygon converted to WGS-84; absent where the report gave a radius or none
 * @param contentDigest first 8 bytes, as 16 hexadecimal digits, of the SHA-256 of the report as JSON: the same id with
 *     another digest is a flagged duplicate
 * @param report as it was sent; where it named a unit in the place of coordinates, with those of its representative point beside it
 */
public record ReportReceived(
        UUID reportId,
        Instant receivedAt,
        Position position,
        Report.@Nullable Footprint footprint,
        String contentDigest,
        Report report) {}
