package org.citybrain.api.parked;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report that could not be processed.
 *
 * @param id of the parked report, not of the report
 * @param reportId null where none could be read
 * @param reason a name of {@code RejectionReason}
 * @param detail the offending value and what was expected
 * @param offset where its record lies on the partition of the topic
 * @param settledReason why a person retried or discarded it
 */
public record ParkedReport(
        UUID id,
        ParkedStatus status,
        Instant parkedAt,
        @Nullable UUID reportId,
        String sourceId,
        Instant receivedAt,
        String reason,
        String detail,
        String topic,
        int partition,
        long offset,
        @Nullable String traceId,
        @Nullable Instant settledAt,
        @Nullable String settledReason) {}
