package org.citybrain.dispatch.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who commands, and one task for each unit and department concerned, from the top down.
 *
 * @param rule the row of the routing table that was used: {@code I}–{@code IV} or {@code R1}–{@code R3}
 * @param offList the type is not one that a grid worker may be given, so no grid has a task by itself
 */
public record Route(String rule, String commandingUnit, List<PlannedTask> tasks, boolean offList) {

    public Route {
        tasks = List.copyOf(tasks);
    }

    /** The same route with further tasks at its end. */
    public Route plus(Collection<PlannedTask> more) {
        List<PlannedTask> all = new ArrayList<>(tasks);
        all.addAll(more);
        return with(all);
    }

    /** The same route with these tasks. */
    public Route with(List<PlannedTask> others) {
        return new Route(rule, commandingUnit, others, offList);
    }
}
