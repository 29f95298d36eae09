package org.citybrain.dispatch.route;

import java.util.List;
import java.util.Map;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * The routing table (domain, section 5).
 *
 * @param sliverShare a unit counts as touched only from this share of the footprint, or of the unit's own area, on
 * @param rules by level {@code I}–{@code IV} and scope {@code R1}–{@code R3}
 */
public record RoutingPolicy(double sliverShare, Map<String, Rule> rules) {

    public RoutingPolicy {
        rules = Map.copyOf(rules);
    }

    /**
     * @param tasks from the city down; a tier that is not named gets no task
     * @param resolveMinutes until contained (levels) or settled (everyday matters)
     */
    public record Rule(Tier commandingTier, List<TierTask> tasks, int resolveMinutes, String source) {

        public Rule {
            tasks = List.copyOf(tasks);
        }

        @Nullable
        TierTask task(Tier tier) {
            return tasks.stream().filter(t -> t.tier() == tier).findFirst().orElse(null);
        }
    }

    /**
     * @param acknowledgeMinutes absent for notices, which need no answer
     * @param digest a notice that may wait for the next digest; absent: it may not
     */
    public record TierTask(
            Tier tier,
            TaskRole role,
            @Nullable Integer acknowledgeMinutes,
            @Nullable Boolean digest) {

        boolean mayWait() {
            return digest != null && digest;
        }
    }
}
