package org.citybrain.dispatch.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Whose departments are called by a row that does not say it (domain, section 5). */
    private static final Map<String, List<Tier>> DEPARTMENT_TIERS = Map.of(
            "III", List.of(Tier.DISTRICT),
            "II", List.of(Tier.CITY, Tier.DISTRICT),
            "I", List.of(Tier.CITY, Tier.DISTRICT));

    public RoutingPolicy {
        rules = Map.copyOf(rules);
    }

    /** The tiers whose departments are called by this row of the table; none for the small ones, where a street whistles. */
    public Set<Tier> departmentTiers(String ruleName) {
        List<Tier> named = rule(ruleName).departments();
        return Set.copyOf(named == null ? DEPARTMENT_TIERS.getOrDefault(ruleName, List.of()) : named);
    }

    /** The row of the table of this name, where there is one. */
    public Optional<Rule> row(String ruleName) {
        return Optional.ofNullable(rules.get(ruleName));
    }

    /** @throws IllegalStateException if the policy has no such rule */
    Rule rule(String ruleName) {
        Rule rule = rules.get(ruleName);
        if (rule == null) {
            throw new IllegalStateException("the routing policy has no rule for " + ruleName);
        }
        return rule;
    }

    /**
     * @param tasks from the city down; a tier that is not named gets no task
     * @param resolveMinutes until contained (levels) or settled (everyday matters)
     * @param departments tiers of the units whose departments are called; absent: as domain, section 5, has it
     */
    public record Rule(
            Tier commandingTier,
            List<TierTask> tasks,
            int resolveMinutes,
            String source,
            @Nullable List<Tier> departments) {

        public Rule {
            tasks = List.copyOf(tasks);
            departments = departments == null ? null : List.copyOf(departments);
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
