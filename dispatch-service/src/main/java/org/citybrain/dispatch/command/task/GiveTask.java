package org.citybrain.dispatch.command.task;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.dispatch.route.TaskTimes;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What becomes of the task of a unit or a department that is given work, or told, beside the route. Decides; {@link PostgresTasks} stores. */
@Component
public class GiveTask {

    private final DecideAnew decideAnew;

    GiveTask(DecideAnew decideAnew) {
        this.decideAnew = decideAnew;
    }

    /**
     * The task that the unit has from now on; empty where it has such a task already. Whoever is at work stays at work: only the command is
     * added to it. What was closed, or only told, is dispatched again, with the time of its tier from now on.
     *
     * @param present all tasks of the incident
     * @param department that serves the unit; absent: the unit itself
     */
    public Optional<TaskState> give(
            KnownIncident incident,
            Collection<TaskState> present,
            String unit,
            @Nullable Department department,
            TaskRole role,
            Instant now) {
        TaskState task = find(present, unit, department);
        if (task == null) {
            return Optional.of(added(incident, unit, department, role, now));
        }
        boolean isAtWork = task.isOpen() && task.role() != TaskRole.NOTIFY;
        if (isAtWork) {
            return role == TaskRole.COMMAND && task.role() != TaskRole.COMMAND
                    ? Optional.of(
                            task.changed(role, task.status(), task.acknowledgeBy(), task.resolveBy(), task.digest()))
                    : Optional.empty();
        }
        return task.isOpen() && role == TaskRole.NOTIFY
                ? Optional.empty()
                : Optional.of(dispatchedAgain(incident, task, role, now));
    }

    /** The task dispatched once more, with fresh deadlines. */
    public TaskState dispatchedAgain(KnownIncident incident, TaskState task, TaskRole role, Instant now) {
        TaskTimes times = role == TaskRole.NOTIFY ? null : times(incident, task.unitCode(), now);
        return task.dispatchedAgain(
                role,
                now,
                times == null ? null : now.plus(times.acknowledgeWithin()),
                times == null ? null : now.plus(times.resolveWithin()),
                false);
    }

    /** The unit's own task; null where it has none. */
    public static @Nullable TaskState find(
            Collection<TaskState> present, String unit, @Nullable Department department) {
        String code = department == null ? null : department.code();
        return present.stream()
                .filter(task -> task.unitCode().equals(unit)
                        && Objects.equals(
                                task.department() == null
                                        ? null
                                        : task.department().code(),
                                code))
                .findFirst()
                .orElse(null);
    }

    /** Codes of these tasks' units and of all above them: who sees the incident by them. */
    public static List<String> seenBy(Collection<TaskState> tasks) {
        return tasks.stream()
                .flatMap(task -> new UnitCode(task.unitCode()).chain().stream())
                .map(UnitCode::digits)
                .distinct()
                .toList();
    }

    private TaskState added(
            KnownIncident incident, String unit, @Nullable Department department, TaskRole role, Instant now) {
        Tier tier = new UnitCode(unit).tier();
        TaskTimes times = role == TaskRole.NOTIFY ? null : times(incident, unit, now);
        return new TaskState(
                department == null
                        ? IncidentId.ofTask(incident.state().id(), unit)
                        : IncidentId.ofTask(incident.state().id(), unit, department.code()),
                1,
                tier,
                unit,
                role,
                TaskStatus.DISPATCHED,
                now,
                times == null ? null : now.plus(times.acknowledgeWithin()),
                times == null ? null : now.plus(times.resolveWithin()),
                false,
                department,
                tier == Tier.STREET && department == null ? incident.board() : null);
    }

    /** By the policy that the incident was opened with. */
    private TaskTimes times(KnownIncident incident, String unit, Instant now) {
        RoutingPolicy policy = decideAnew.routing(incident.policies());
        TaskTimes times = TaskTimes.of(incident.routingRule(), new UnitCode(unit).tier(), policy);
        return decideAnew.resolveWithin(now).counted(times, unit, incident.routingRule(), policy);
    }
}
