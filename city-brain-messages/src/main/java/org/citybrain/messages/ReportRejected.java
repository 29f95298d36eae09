package org.citybrain.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refusal at the gate.
 *
 * @param reportId the report's id, where one could be read
 * @param sourceId the source that sent it, whatever it says of itself: a gateway's id or an account's name
 * @param detail the offending value and what was expected
 */
public record ReportRejected(
        @Nullable UUID reportId, String sourceId, RejectionReason reason, String detail, Instant receivedAt) {}
