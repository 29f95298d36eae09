/**
 * What people command of tasks: acknowledge, start, arrive, report back, complete, return. Each moves the task by {@link
 * org.citybrain.access.command.TaskMoves} and takes the incident along by {@link org.citybrain.access.command.IncidentMoves}. Also how a unit is
 * given work beside the route. Next stop: {@code publish}.
 */
@NullMarked
package org.citybrain.dispatch.command.task;

import org.jspecify.annotations.NullMarked;
