package org.citybrain.dispatch.store;

import java.util.UUID;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record.
 *
 * @param incidentId that it opened or became part of
 * @param gridCode that it lies in, where it was located
 * @param reason why it was rejected or parked
 * @param detail the same in words
 * @param differs a duplicate whose content is not that of the first
 */
public record Settlement(
        ConsumedReport consumed,
        Outcome outcome,
        @Nullable UUID incidentId,
        @Nullable String gridCode,
        @Nullable RejectionReason reason,
        @Nullable String detail,
        boolean differs) {

    public static Settlement opened(LocatedReport report, UUID incidentId) {
        return new Settlement(report.consumed(), Outcome.OPENED, incidentId, report.gridCode(), null, null, false);
    }

    public static Settlement merged(LocatedReport report, UUID incidentId) {
        return new Settlement(report.consumed(), Outcome.MERGED, incidentId, report.gridCode(), null, null, false);
    }

    public static Settlement parked(ConsumedReport consumed, RejectionReason reason, String detail) {
        return new Settlement(consumed, Outcome.PARKED, null, null, reason, detail, false);
    }

    public static Settlement duplicate(ConsumedReport consumed, boolean differs) {
        return new Settlement(consumed, Outcome.DUPLICATE, null, null, null, null, differs);
    }
}
