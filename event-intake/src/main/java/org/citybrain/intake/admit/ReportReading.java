package org.citybrain.intake.admit;

import java.util.UUID;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportRejected;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the bytes of one report: the report, or what is wrong with it.
 *
 * @param report absent when there is a rejection
 * @param reportId as far as it could be read, also beside a rejection
 * @param sourceId as far as it could be read, also beside a rejection
 */
public record ReportReading(
        @Nullable Report report,
        @Nullable Rejection rejection,
        @Nullable UUID reportId,
        @Nullable String sourceId) {

    /** The source that a refusal is counted under when none could be read. */
    public static final String UNKNOWN_SOURCE = "unknown";

    static ReportReading of(Report report) {
        return new ReportReading(
                report, null, report.reportId(), report.source().id());
    }

    /** Nothing could be read. */
    public static ReportReading refused(Rejection rejection) {
        return new ReportReading(null, rejection, null, null);
    }

    /** The same reading under this id, where the report brought none of its own. */
    public ReportReading orReportId(UUID other) {
        return reportId == null ? new ReportReading(report, rejection, other, sourceId) : this;
    }

    /** The source's id as {@link ReportRejected} wants it. */
    String sourceIdOrUnknown() {
        return sourceId == null ? UNKNOWN_SOURCE : sourceId;
    }
}
