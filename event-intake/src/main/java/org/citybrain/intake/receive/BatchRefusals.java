package org.citybrain.intake.receive;

import org.citybrain.intake.admit.Rejection;
import org.citybrain.messages.RejectionReason;

/** What can be wrong with a body as a whole, or with a place in a batch, before any report is read. */
final class BatchRefusals {

    private BatchRefusals() {}

    static Rejection itemTooLarge(int mostBytes) {
        return Rejection.of(
                RejectionReason.PAYLOAD_TOO_LARGE, "", "too large", "at most " + mostBytes + " bytes for one report");
    }

    static Rejection bodyTooLarge(long mostBytes) {
        return Rejection.of(
                RejectionReason.PAYLOAD_TOO_LARGE,
                "",
                "beyond the size of a batch; it and what follows was not read",
                "at most " + mostBytes + " bytes for one batch");
    }

    static Rejection tooManyItems(int mostItems) {
        return Rejection.of(
                RejectionReason.PAYLOAD_TOO_LARGE,
                "",
                "beyond the number of a batch; it and what follows was not read",
                "at most " + mostItems + " reports in one batch");
    }

    static Rejection notAnArray() {
        return Rejection.of(
                RejectionReason.MALFORMED,
                "",
                "no JSON array",
                "a JSON array of reports, or one report a line as application/x-ndjson");
    }

    static Rejection brokenOff() {
        return Rejection.of(
                RejectionReason.MALFORMED, "", "where the array breaks off", "an array that is closed with ]");
    }

    static Rejection textAfterTheEnd() {
        return Rejection.of(RejectionReason.MALFORMED, "", "after the array's end", "nothing after the closing ]");
    }
}
