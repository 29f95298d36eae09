package org.citybrain.intake.admit;

import java.util.Objects;
import java.util.UUID;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.Report;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the bytes of one report: the report, or what is wrong with it.
 *
 * @param report absent when there is a rejection
 * @param reportId as far as it could be read, also beside a rejection
 */
public record ReportReading(
        @Nullable Report report,
        @Nullable Rejection rejection,
        @Nullable UUID reportId) {

    static ReportReading of(Report report) {
        return new ReportReading(report, null, report.reportId());
    }

    /**
     * The report.
     *
     * @throws Refusal where there is none
     */
    Report read() {
        if (report != null) {
            return report;
        }
        throw new Refusal(Objects.requireNonNull(rejection, "neither a report nor a rejection was read"));
    }

    /** Whether it was so large, or so far into a batch, that nobody read it: then it is no report to be counted. */
    boolean isBeyondLimits() {
        return rejection != null && rejection.reason() == RejectionReason.PAYLOAD_TOO_LARGE;
    }

    /** Nothing could be read. */
    public static ReportReading refused(Rejection rejection) {
        return new ReportReading(null, rejection, null);
    }

    /** The same reading under this id, where the report brought none of its own. */
    public ReportReading orReportId(UUID other) {
        return reportId == null ? new ReportReading(report, rejection, other) : this;
    }
}
