package org.citybrain.api.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy without its document: who did what to it, when and why.
 *
 * @param note what it changes and why, in its author's words
 * @param basedOn the version that it was made from
 * @param authors accounts of all who have written at it, the first first; none of them may approve it. Empty where it came
 *     with the system
 * @param changedAt when its document was last written
 * @param approvalReason why the second person approved it
 * @param effectiveFrom the moment from which new incidents are decided by it
 * @param supersededAt the moment at which the next version takes its place, as far as one is approved
 */
public record PolicySummary(
        String kind,
        int version,
        PolicyStatus status,
        String note,
        @Nullable Integer basedOn,
        List<String> authors,
        Instant createdAt,
        @Nullable Instant changedAt,
        @Nullable Instant rehearsedAt,
        @Nullable String approvedBy,
        @Nullable Instant approvedAt,
        @Nullable String approvalReason,
        @Nullable Instant effectiveFrom,
        @Nullable Instant supersededAt,
        @Nullable String withdrawnBy,
        @Nullable Instant withdrawnAt) {

    public PolicySummary {
        authors = List.copyOf(authors);
    }
}
