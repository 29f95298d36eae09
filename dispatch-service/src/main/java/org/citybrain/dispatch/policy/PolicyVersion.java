package org.citybrain.dispatch.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One version of a policy, with who did what to it, when and why.
 *
 * @param rowVersion moves with every change: the ETag
 * @param authors accounts of all who have written at it, the first first; none of them may approve it. Empty where it came
 *     with the system
 * @param effectiveFrom absent until it is approved
 * @param supersededAt when the next one takes its place, as far as one is approved
 */
public record PolicyVersion(
        PolicyKind kind,
        int version,
        PolicyStatus status,
        int rowVersion,
        JsonNode document,
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
        @Nullable Instant supersededAt) {

    public PolicyVersion {
        authors = List.copyOf(authors);
    }

    boolean isOpenToChange() {
        return status == PolicyStatus.DRAFT || status == PolicyStatus.REHEARSED;
    }
}
