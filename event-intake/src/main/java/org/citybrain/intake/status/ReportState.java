package org.citybrain.intake.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.ReportStatus;
import org.jspecify.annotations.Nullable;

/**
 * What became of a report; the same answer as city-brain-api's.
 *
 * @param incidentId the incident that it opened or was merged into
 * @param reason why it was rejected or parked: a name of {@code RejectionReason}
 * @param detail the offending value and what was expected, where it is known
 * @param receivedAt when intake took it; absent while it is only known to lie on the topic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReportState(
        UUID reportId,
        ReportStatus status,
        @Nullable UUID incidentId,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable Instant receivedAt) {

    static ReportState received(UUID reportId) {
        return new ReportState(reportId, ReportStatus.RECEIVED, null, null, null, null);
    }
}
