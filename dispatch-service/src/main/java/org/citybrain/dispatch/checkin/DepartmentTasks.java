package org.citybrain.dispatch.checkin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tasks of departments that are summoned: each goes along with its check-in. */
@Component
class DepartmentTasks {

    private final PostgresTasks tasks;

    DepartmentTasks(PostgresTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Gives a department its task. One that was done or returned begins anew; one that is open stays as it is.
     *
     * @return the task where it is new or begins anew
     */
    Optional<TaskState> summon(CheckIn checkIn, PlannedTask planned, String actor) {
        Instant now = checkIn.whistledAt();
        TaskState present = find(checkIn);
        if (present != null && present.isOpen()) {
            return Optional.empty();
        }
        Instant acknowledgeBy = due(now, planned.acknowledgeWithin());
        Instant resolveBy = due(now, planned.resolveWithin());
        TaskState summoned = present == null
                ? new TaskState(
                        checkIn.taskId(),
                        1,
                        planned.tier(),
                        planned.unitCode(),
                        planned.role(),
                        TaskStatus.DISPATCHED,
                        now,
                        acknowledgeBy,
                        resolveBy,
                        false,
                        checkIn.department(),
                        null)
                : present.changed(planned.role(), TaskStatus.DISPATCHED, acknowledgeBy, resolveBy, false);
        tasks.store(checkIn.incidentId(), List.of(summoned), actor, now);
        return Optional.of(summoned);
    }

    /**
     * Moves a department's task.
     *
     * @param from in another status than these it stays as it is
     * @return the task after it, where it has moved
     */
    Optional<TaskState> move(CheckIn checkIn, Set<TaskStatus> from, TaskStatus to, String actor, Instant now) {
        TaskState present = find(checkIn);
        if (present == null || !from.contains(present.status())) {
            return Optional.empty();
        }
        TaskState moved =
                present.changed(present.role(), to, present.acknowledgeBy(), present.resolveBy(), present.digest());
        tasks.store(checkIn.incidentId(), List.of(moved), actor, now);
        return Optional.of(moved);
    }

    private @Nullable TaskState find(CheckIn checkIn) {
        return GiveTask.find(tasks.list(checkIn.incidentId()), checkIn.departmentUnit(), checkIn.department());
    }

    private static @Nullable Instant due(Instant now, @Nullable Duration within) {
        return within == null ? null : now.plus(within);
    }
}
