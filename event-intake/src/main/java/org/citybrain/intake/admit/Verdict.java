package org.citybrain.intake.admit;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.ReportRejected;
import org.jspecify.annotations.Nullable;

/** What the gate decided about one report. */
public sealed interface Verdict {

    /** It may go on. */
    record Admitted(ReportReceived received) implements Verdict {}

    /**
     * It may not.
     *
     * @param reportId where one could be read
     * @param sourceId of whoever sent it, whatever it says of itself
     */
    record Refused(@Nullable UUID reportId, String sourceId, Rejection rejection, Instant receivedAt)
            implements Verdict {

        public ReportRejected message() {
            return new ReportRejected(reportId, sourceId, rejection.reason(), rejection.detail(), receivedAt);
        }
    }
}
