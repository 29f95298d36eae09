package org.citybrain.dispatch.route;

import java.time.Duration;
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
 * @param whistle how departments are summoned; absent: the policy defaults
 * @param closeAfterVerifiedMinutes how long after its verification an incident that nobody closes is closed by rule, never one of level
 *     I; absent: a day (policy default)
 * @param verifyWithinMinutes how long after it was resolved somebody has to have looked whether it is over; absent: a day (policy default)
 */
public record RoutingPolicy(
        double sliverShare,
        Map<String, Rule> rules,
        @Nullable WhistlePolicy whistle,
        @Nullable Integer closeAfterVerifiedMinutes,
        @Nullable Integer verifyWithinMinutes) {

    /** Whose departments are called by a row that does not say it (domain, section 5). */
    private static final Map<String, List<Tier>> DEPARTMENT_TIERS = Map.of(
            "III", List.of(Tier.DISTRICT),
            "II", List.of(Tier.CITY, Tier.DISTRICT),
            "I", List.of(Tier.CITY, Tier.DISTRICT));

    /** Every two hours at levels I and II (domain, section 5). */
    private static final Map<String, Integer> SITUATION_REPORT_MINUTES = Map.of("I", 120, "II", 120);

    private static final int CLOSE_AFTER_VERIFIED_MINUTES = 24 * 60;
    private static final int VERIFY_WITHIN_MINUTES = 24 * 60;

    public RoutingPolicy {
        rules = Map.copyOf(rules);
    }

    /** A table that says nothing of whistles, and has the policy defaults for verifying and closing. */
    public RoutingPolicy(double sliverShare, Map<String, Rule> rules) {
        this(sliverShare, rules, null, null, null);
    }

    /** How departments are summoned. */
    public WhistlePolicy whistling() {
        return whistle == null ? WhistlePolicy.DEFAULT : whistle;
    }

    /** How often the commanding unit has to report on the situation; empty for what needs no situation reports. */
    public Optional<Duration> situationReports(String ruleName) {
        Integer named = rule(ruleName).situationReportMinutes();
        return Optional.ofNullable(named == null ? SITUATION_REPORT_MINUTES.get(ruleName) : named)
                .map(Duration::ofMinutes);
    }

    /** How long after its verification an incident is closed by rule; empty for level I, which never closes by itself (domain, section 5). */
    public Optional<Duration> closeAfterVerified(String ruleName) {
        return ruleName.equals("I")
                ? Optional.empty()
                : Optional.of(Duration.ofMinutes(
                        closeAfterVerifiedMinutes == null ? CLOSE_AFTER_VERIFIED_MINUTES : closeAfterVerifiedMinutes));
    }

    /** How long after it was resolved an incident has to be verified; the unit in command is chased then. */
    public Duration verifyWithin() {
        return Duration.ofMinutes(verifyWithinMinutes == null ? VERIFY_WITHIN_MINUTES : verifyWithinMinutes);
    }

    /** Whether the time to resolve is counted in the working hours of the unit that handles it. */
    public boolean countsWorkingTime(String ruleName) {
        return rule(ruleName).counts() == Counts.WORKING;
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
     * @param counts which time {@code resolveMinutes} are counted in; absent: by the clock
     * @param situationReportMinutes how often the commanding unit reports on the situation; absent: every two hours at I and II, else
     *     never
     */
    public record Rule(
            Tier commandingTier,
            List<TierTask> tasks,
            int resolveMinutes,
            String source,
            @Nullable List<Tier> departments,
            @Nullable Counts counts,
            @Nullable Integer situationReportMinutes) {

        public Rule {
            tasks = List.copyOf(tasks);
            departments = departments == null ? null : List.copyOf(departments);
        }

        @Nullable
        TierTask task(Tier tier) {
            return tasks.stream().filter(t -> t.tier() == tier).findFirst().orElse(null);
        }
    }

    /** Which time minutes are counted in. */
    public enum Counts {
        CLOCK,
        WORKING
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
