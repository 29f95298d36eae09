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

    /** The same times for a unit that is given work beside the route. */
    public TaskTimes counted(TaskTimes times, String unitCode, String ruleName, RoutingPolicy policy) {
        return policy.countsWorkingTime(ruleName)
                ? new TaskTimes(times.acknowledgeWithin(), byTheClock(unitCode, times.resolveWithin()))
                : times;
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
                        byTheClock(task.unitCode(), work),
                        task.digest(),
                        task.department());
    }

    private Duration byTheClock(String unitCode, Duration work) {
        return Duration.between(now, calendars.after(unitCode, now, work));
    }
}
