package org.citybrain.api.department;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of departments' scores, in the order of their codes.
 *
 * @param from whistled at this time or later
 * @param to whistled before this time
 * @param policies the versions of the routing policy that the summons of the period were made under, with what each gives
 * @param nextCursor what to send as {@code cursor} for the page after this one; null on the last page
 */
public record DepartmentScores(
        Instant from,
        Instant to,
        List<ScoringPolicy> policies,
        List<DepartmentScore> items,
        @Nullable String nextCursor) {

    public DepartmentScores {
        policies = List.copyOf(policies);
        items = List.copyOf(items);
    }

    /**
     * What a version of the routing policy gives.
     *
     * @param version of the routing policy
     */
    public record ScoringPolicy(int version, Points points) {}
}
