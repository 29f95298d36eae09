package org.citybrain.dispatch.route;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citybrain.dispatch.locate.WorkingCalendars;

/**
 * How long tasks have until they must be resolved: as the table says, or where the table counts working time, so much longer that as many
 * of the unit's working hours lie in it. To acknowledge is always counted by the clock: somebody is on duty.
 */
public final class ResolveWithin {

    private final WorkingCalendars calendars;
    private final Instant now;

    /** @param now when the time begins to run */
    public ResolveWithin(WorkingCalendars calendars, Instant now) {
        this.calendars = calendars;
        this.now = now;
    }

    /** The same tasks, with the time by the clock that they have. */
    public List<PlannedTask> counted(List<PlannedTask> tasks, String ruleName, RoutingPolicy policy) {
        return policy.countsWorkingTime(ruleName)
                ? tasks.stream().map(this::counted).toList()
                : tasks;
    }

    private PlannedTask counted(PlannedTask task) {
        Duration work = task.resolveWithin();
        return work == null
                ? task
                : new PlannedTask(
                        task.tier(),
                        task.unitCode(),
                        task.role(),
                        task.acknowledgeWithin(),
                        Duration.between(now, calendars.after(task.unitCode(), now, work)),
                        task.digest(),
                        task.department());
    }
}
