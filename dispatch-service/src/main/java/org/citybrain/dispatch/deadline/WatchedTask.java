package org.citybrain.dispatch.deadline;

import java.time.Instant;
import org.citybrain.dispatch.correlate.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * A task with what the sweep has done about its deadlines so far.
 *
 * @param acknowledge its deadline to acknowledge; absent for a notice
 * @param resolve its deadline to resolve; absent for a notice
 * @param alarmAt when the city is to be alarmed again
 * @param closedBeforeReopening it was given back or done before the incident was last reopened: its unit may be asked once more
 */
record WatchedTask(
        TaskState task,
        @Nullable Deadline acknowledge,
        @Nullable Deadline resolve,
        @Nullable Instant alarmAt,
        boolean closedBeforeReopening) {

    /**
     * One deadline of a task.
     *
     * @param warnAt when 80 % of its time are gone
     * @param over it was missed, or nobody waits for it any more
     */
    record Deadline(Instant dueAt, Instant warnAt, boolean warned, boolean missed, boolean over) {}
}
