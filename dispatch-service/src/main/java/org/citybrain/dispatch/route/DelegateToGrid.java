package org.citybrain.dispatch.route;

import java.util.Collection;
import java.util.List;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;

/** The tasks of grids that were given, by an approved request, what the item catalogue does not let them be given. */
public final class DelegateToGrid {

    private DelegateToGrid() {}

    /**
     * What these grids are to do by a row of the routing table, as if the type were on the list.
     *
     * @throws IllegalStateException if the policy has no such rule
     */
    public static List<PlannedTask> tasks(String ruleName, Collection<String> grids, RoutingPolicy policy) {
        if (grids.isEmpty()) {
            return List.of();
        }
        PlannedTask grid =
                RouteIncident.route(ruleName, List.of(grids.iterator().next()), true, policy).tasks().stream()
                        .filter(task -> task.tier() == Tier.GRID)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalStateException("the rule " + ruleName + " has nothing for a grid to do"));
        return grids.stream()
                .map(code -> new PlannedTask(
                        Tier.GRID,
                        code,
                        // Even where the grid would command what is on the list: here the community does.
                        TaskRole.EXECUTE,
                        grid.acknowledgeWithin(),
                        grid.resolveWithin(),
                        false))
                .toList();
    }
}
