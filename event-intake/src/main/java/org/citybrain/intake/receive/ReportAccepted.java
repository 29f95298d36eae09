package org.citybrain.intake.receive;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * The report is safe.
 *
 * @param statusUrl where city-brain-api tells what became of it; names the record's partition and offset, so that it can
 *     say {@code RECEIVED} before dispatch-service has seen it
 */
record ReportAccepted(UUID reportId, Instant receivedAt, URI statusUrl) {}
