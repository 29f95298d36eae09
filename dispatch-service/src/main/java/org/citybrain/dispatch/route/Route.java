package org.citybrain.dispatch.route;

import java.util.List;

/**
 * Who commands, and one task for each unit concerned, from the top down.
 *
 * @param offList the type is not one that a grid worker may be given, so no grid has a task
 */
public record Route(String commandingUnit, List<PlannedTask> tasks, boolean offList) {

    public Route {
        tasks = List.copyOf(tasks);
    }
}
