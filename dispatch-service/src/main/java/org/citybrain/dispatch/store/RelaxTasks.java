package org.citybrain.dispatch.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.store.PlanTasks.Handler;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the tasks when a person lowers an incident: roles and deadlines follow the new level, counted from when a task was
 * dispatched last. Whoever is at work already stays at work, as coordinator where it had the command; whoever has not answered yet is
 * only told, if the new level says so; a notice to whom the new level does not even tell is taken back.
 */
final class RelaxTasks {

    private RelaxTasks() {}

    static PlanTasks relax(
            UUID incidentId, List<TaskState> existing, List<PlannedTask> planned, String board, Instant now) {
        Map<Handler, PlannedTask> byHandler = byHandler(planned);
        List<TaskState> changed = new ArrayList<>();
        for (TaskState task : existing) {
            if (task.isOpen()) {
                TaskState relaxed = relax(task, byHandler.get(Handler.of(task.unitCode(), task.department())));
                if (relaxed != null) {
                    changed.add(relaxed);
                }
            }
        }
        return new PlanTasks(new PlanTasks(incidentId, existing, planned, board, now).added(), changed);
    }

    /** What a person's new grade adds: notices that an earlier one took back, and that are due again. */
    static PlanTasks reopen(PlanTasks tasks, List<TaskState> existing, List<PlannedTask> planned, Instant now) {
        Map<Handler, PlannedTask> byHandler = byHandler(planned);
        List<TaskState> changed = new ArrayList<>(tasks.changed());
        for (TaskState task : existing) {
            PlannedTask plan = byHandler.get(Handler.of(task.unitCode(), task.department()));
            if (plan != null && task.role() == TaskRole.NOTIFY && task.status() == TaskStatus.RETURNED) {
                changed.add(task.dispatchedAgain(
                        plan.role(),
                        now,
                        plan.acknowledgeWithin() == null ? null : now.plus(plan.acknowledgeWithin()),
                        plan.resolveWithin() == null ? null : now.plus(plan.resolveWithin()),
                        plan.digest()));
            }
        }
        return new PlanTasks(tasks.added(), changed);
    }

    private static Map<Handler, PlannedTask> byHandler(List<PlannedTask> planned) {
        Map<Handler, PlannedTask> byHandler = new HashMap<>();
        planned.forEach(plan -> byHandler.put(Handler.of(plan.unitCode(), plan.department()), plan));
        return byHandler;
    }

    /** Null where nothing changes. */
    private static @Nullable TaskState relax(TaskState task, @Nullable PlannedTask plan) {
        if (plan != null && (plan.role() != TaskRole.NOTIFY || mayBecomeNotice(task))) {
            Instant acknowledgeBy = due(task, plan.acknowledgeWithin());
            Instant resolveBy = due(task, plan.resolveWithin());
            TaskRole role = PlanTasks.role(plan.role(), task.role());
            boolean same = role == task.role()
                    && plan.digest() == task.digest()
                    && (acknowledgeBy == null
                            ? task.acknowledgeBy() == null
                            : acknowledgeBy.equals(task.acknowledgeBy()))
                    && (resolveBy == null ? task.resolveBy() == null : resolveBy.equals(task.resolveBy()));
            return same ? null : task.changed(role, task.status(), acknowledgeBy, resolveBy, plan.digest());
        }
        if (plan == null && task.role() == TaskRole.NOTIFY) {
            return task.changed(task.role(), TaskStatus.RETURNED, null, null, task.digest());
        }
        return task.role() == TaskRole.COMMAND
                ? task.changed(
                        TaskRole.COORDINATE, task.status(), task.acknowledgeBy(), task.resolveBy(), task.digest())
                : null;
    }

    private static boolean mayBecomeNotice(TaskState task) {
        return task.role() == TaskRole.NOTIFY || task.status() == TaskStatus.DISPATCHED;
    }

    private static @Nullable Instant due(TaskState task, @Nullable Duration within) {
        return within == null ? null : task.dispatchedAt().plus(within);
    }
}
