package org.citybrain.dispatch.route;

import java.time.Duration;
import org.citybrain.dispatch.route.RoutingPolicy.Rule;
import org.citybrain.messages.Tier;

/** How long a unit, or a department that serves it, has for work that it is given beside the route, from then on. */
public record TaskTimes(Duration acknowledgeWithin, Duration resolveWithin) {

    /**
     * The time of a tier.
     *
     * @param ruleName {@code I}–{@code IV} or {@code R1}–{@code R3}; a tier that its row does not name has the commander's time to acknowledge
     * @throws IllegalStateException if the policy has no such row
     */
    public static TaskTimes of(String ruleName, Tier tier, RoutingPolicy policy) {
        Rule rule = policy.rule(ruleName);
        return new TaskTimes(
                Duration.ofMinutes(RouteIncident.acknowledgeMinutes(rule.task(tier), rule)),
                Duration.ofMinutes(rule.resolveMinutes()));
    }
}
