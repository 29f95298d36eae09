package org.citybrain.dispatch.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.TaskTimes;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a route into tasks: one for each unit and department that has none; a task that is there already gets the new role and the tighter
 * deadlines, and is never taken back.
 */
public final class PlanTasks {

    private final List<TaskState> added;
    private final List<TaskState> changed;

    public PlanTasks(List<TaskState> added, List<TaskState> changed) {
        this.added = List.copyOf(added);
        this.changed = List.copyOf(changed);
    }

    /** @param board that the incident's type belongs to: the street's own task names it */
    public PlanTasks(UUID incidentId, List<TaskState> existing, List<PlannedTask> planned, String board, Instant now) {
        this(incidentId, existing, planned, board, false, now);
    }

    /** @param anew the incident has become graver, or goes on after it was over: whoever has done their part is asked again, too */
    PlanTasks(
            UUID incidentId,
            List<TaskState> existing,
            List<PlannedTask> planned,
            String board,
            boolean anew,
            Instant now) {
        added = new ArrayList<>();
        changed = new ArrayList<>();
        Map<Handler, TaskState> byHandler = new HashMap<>();
        existing.forEach(task -> byHandler.put(Handler.of(task.unitCode(), task.department()), task));
        for (PlannedTask plan : planned) {
            TaskState task = byHandler.get(Handler.of(plan.unitCode(), plan.department()));
            if (task == null) {
                added.add(new TaskState(
                        id(incidentId, plan),
                        1,
                        plan.tier(),
                        plan.unitCode(),
                        plan.role(),
                        TaskStatus.DISPATCHED,
                        now,
                        due(now, plan.acknowledgeWithin()),
                        due(now, plan.resolveWithin()),
                        plan.digest(),
                        plan.department(),
                        plan.tier() == Tier.STREET && plan.department() == null ? board : null));
            } else if (isOpen(task) && (outranks(plan.role(), task.role()) || isTighter(plan, task, now))) {
                changed.add(task.changed(
                        role(plan.role(), task.role()),
                        task.status(),
                        earlier(task.acknowledgeBy(), due(now, plan.acknowledgeWithin())),
                        earlier(task.resolveBy(), due(now, plan.resolveWithin())),
                        plan.digest()));
            } else if (plan.role() != TaskRole.NOTIFY && (isNoticeAtItsEnd(task) || (anew && isDone(task)))) {
                changed.add(task.dispatchedAgain(
                        role(plan.role(), task.role()),
                        now,
                        due(now, plan.acknowledgeWithin()),
                        due(now, plan.resolveWithin()),
                        plan.digest()));
            }
        }
    }

    /**
     * The same for an incident that was over and goes on: all who have work of it, done or not, are asked again with fresh deadlines; not who gave it
     * back.
     *
     * @param times of what no plan names
     */
    PlanTasks askingAgain(
            List<TaskState> existing, List<PlannedTask> planned, Function<Tier, TaskTimes> times, Instant now) {
        Map<Handler, PlannedTask> plans = new HashMap<>();
        planned.forEach(plan -> plans.put(Handler.of(plan.unitCode(), plan.department()), plan));
        Map<UUID, TaskState> asked = new LinkedHashMap<>();
        changed.forEach(task -> asked.put(task.id(), task));
        for (TaskState task : existing) {
            if (task.isWork() && task.status() != TaskStatus.RETURNED) {
                TaskState present = asked.get(task.id());
                PlannedTask plan = plans.get(Handler.of(task.unitCode(), task.department()));
                TaskTimes other = times.apply(task.tier());
                Duration acknowledgeWithin = plan == null ? null : plan.acknowledgeWithin();
                Duration resolveWithin = plan == null ? null : plan.resolveWithin();
                asked.put(
                        task.id(),
                        task.dispatchedAgain(
                                present == null ? task.role() : present.role(),
                                now,
                                now.plus(acknowledgeWithin == null ? other.acknowledgeWithin() : acknowledgeWithin),
                                now.plus(resolveWithin == null ? other.resolveWithin() : resolveWithin),
                                false));
            }
        }
        return new PlanTasks(added, List.copyOf(asked.values()));
    }

    public List<TaskState> added() {
        return List.copyOf(added);
    }

    public List<TaskState> changed() {
        return List.copyOf(changed);
    }

    /** The new and the changed tasks, at most so many in each portion; one empty portion where there is none. */
    List<List<TaskState>> inPortions(int most) {
        List<TaskState> all = new ArrayList<>(added);
        all.addAll(changed);
        List<List<TaskState>> portions = new ArrayList<>();
        for (int from = 0; from == 0 || from < all.size(); from += most) {
            portions.add(List.copyOf(all.subList(from, Math.min(from + most, all.size()))));
        }
        return portions;
    }

    boolean hasChanges() {
        return !added.isEmpty() || !changed.isEmpty();
    }

    /** The units whose own work is new or changed and waits to be acknowledged. */
    List<String> unitsAsked() {
        return Stream.concat(added.stream(), changed.stream())
                .filter(task -> task.department() == null
                        && task.role() != TaskRole.NOTIFY
                        && task.status() == TaskStatus.DISPATCHED)
                .map(TaskState::unitCode)
                .toList();
    }

    private static UUID id(UUID incidentId, PlannedTask plan) {
        return plan.department() == null
                ? IncidentId.ofTask(incidentId, plan.unitCode())
                : IncidentId.ofTask(
                        incidentId, plan.unitCode(), plan.department().code());
    }

    /**
     * A notice becomes work, work below a command becomes the command; and command that has moved up becomes coordination.
     */
    private static boolean outranks(TaskRole planned, TaskRole present) {
        return planned != TaskRole.NOTIFY && role(planned, present) != present;
    }

    /** The role from now on. Whoever executes goes on executing, and does not merely coordinate those who may have given it back. */
    static TaskRole role(TaskRole planned, TaskRole present) {
        return planned == TaskRole.COORDINATE && present == TaskRole.EXECUTE ? present : planned;
    }

    private static boolean isDone(TaskState task) {
        return task.isWork() && task.status() == TaskStatus.COMPLETED;
    }

    /** A unit that has read its notice is asked like any other when there is something to do. */
    private static boolean isNoticeAtItsEnd(TaskState task) {
        return task.role() == TaskRole.NOTIFY && !isOpen(task);
    }

    private static boolean isOpen(TaskState task) {
        return task.status() != TaskStatus.COMPLETED && task.status() != TaskStatus.RETURNED;
    }

    /**
     * Whether the route leaves less time in all; dispatched later, the same rule's deadlines lie later. An acknowledgement that was given
     * needs no earlier deadline.
     */
    private static boolean isTighter(PlannedTask plan, TaskState task, Instant now) {
        return isEarlier(due(now, plan.resolveWithin()), task.resolveBy())
                || (task.status() == TaskStatus.DISPATCHED
                        && isEarlier(due(now, plan.acknowledgeWithin()), task.acknowledgeBy()));
    }

    private static boolean isEarlier(@Nullable Instant one, @Nullable Instant other) {
        return one != null && other != null && one.isBefore(other);
    }

    private static @Nullable Instant due(Instant now, @Nullable Duration within) {
        return within == null ? null : now.plus(within);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** Whose task it is: the unit's own, or that of a department which serves it. */
    record Handler(String unitCode, @Nullable String departmentCode) {

        static Handler of(String unitCode, @Nullable Department department) {
            return new Handler(unitCode, department == null ? null : department.code());
        }
    }
}
