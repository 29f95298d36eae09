package org.citybrain.dispatch.deadline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.Judgement.Due;
import org.citybrain.dispatch.route.EscalateUnattended;
import org.citybrain.dispatch.route.Escalation;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.RouteIncident;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * A missed deadline asks the next unit above as well, by the very rules of a unit where nobody is on duty; the first task stays open
 * (domain, section 5). Where nobody is on duty above, or the unit above has given its own task back or done it, it goes on up at once.
 * What a department missed goes to the unit that it serves.
 */
final class EscalateMissed {

    private static final String UNATTENDED = "nobody is on duty there by the roster";
    private static final String CLOSED = "its own task is closed";

    private final WatchedIncident incident;
    private final RoutingPolicy policy;
    private final Map<String, PlannedTask> plans = new LinkedHashMap<>();
    private final Map<String, Set<String>> reasons = new HashMap<>();
    private final List<Escalated> escalated = new ArrayList<>();

    private EscalateMissed(WatchedIncident incident, RoutingPolicy policy) {
        this.incident = incident;
        this.policy = policy;
    }

    /**
     * @param missed at least one, all of this incident
     * @param unattended units where nobody is on duty now by the roster
     */
    static Result escalate(
            WatchedIncident incident, List<Due> missed, Collection<String> unattended, RoutingPolicy policy) {
        return new EscalateMissed(incident, policy).escalate(missed, unattended);
    }

    private Result escalate(List<Due> missed, Collection<String> unattended) {
        Set<String> passing = new HashSet<>();
        addPlans(passing);
        unattended.stream().filter(unit -> !isAtWork(unit)).forEach(unit -> {
            passing.add(unit);
            reasons.put(unit, new TreeSet<>(Set.of(UNATTENDED)));
        });
        Set<String> asked = new HashSet<>();
        for (Due due : missed) {
            TaskState task = due.task();
            if (task.department() == null) {
                asked.add(task.unitCode());
                passing.add(task.unitCode());
                reasons.computeIfAbsent(task.unitCode(), unit -> new TreeSet<>())
                        .add(reason(due));
            }
        }
        for (Due due : missed) {
            if (due.task().department() != null) {
                askUnitOfDepartment(due);
                asked.add(due.task().unitCode());
            }
        }
        EscalateUnattended.Escalated upwards = EscalateUnattended.escalate(List.copyOf(plans.values()), asked, passing);
        for (Escalation escalation : upwards.escalations()) {
            escalated.add(new Escalated(escalation.from(), escalation.to(), why(escalation.from())));
        }
        Set<String> asksNow =
                escalated.stream().map(Escalated::to).filter(to -> to != null).collect(Collectors.toSet());
        return new Result(
                escalated,
                upwards.tasks().stream()
                        .filter(plan -> plan.department() == null && asksNow.contains(plan.unitCode()))
                        .toList());
    }

    /**
     * Units with a task, as the routing table would give it now. Those whose own task is closed pass on what comes to them, unless the incident
     * was reopened since: then they are asked like any other.
     */
    private void addPlans(Set<String> passing) {
        for (WatchedTask watched : incident.tasks()) {
            TaskState task = watched.task();
            if (task.department() == null) {
                plans.put(
                        task.unitCode(),
                        RouteIncident.work(incident.rule(), task.tier(), task.unitCode(), task.role(), policy));
                if (!task.isOpen() && task.role() != TaskRole.NOTIFY && !watched.closedBeforeReopening()) {
                    passing.add(task.unitCode());
                    reasons.put(task.unitCode(), new TreeSet<>(Set.of(CLOSED)));
                }
            }
        }
    }

    private boolean isAtWork(String unit) {
        return incident.tasks().stream()
                .map(WatchedTask::task)
                .anyMatch(task -> task.department() == null
                        && task.unitCode().equals(unit)
                        && task.role() != TaskRole.NOTIFY
                        && task.isOpen()
                        && task.status() != TaskStatus.DISPATCHED);
    }

    private void askUnitOfDepartment(Due due) {
        TaskState task = due.task();
        String unit = task.unitCode();
        PlannedTask present = plans.get(unit);
        if (present == null || present.role() == TaskRole.NOTIFY) {
            plans.put(unit, RouteIncident.work(incident.rule(), task.tier(), unit, TaskRole.EXECUTE, policy));
        }
        if (task.department() != null) {
            escalated.add(new Escalated(List.of(task.department().code()), unit, reason(due)));
        }
    }

    private String why(List<String> from) {
        return from.stream()
                .flatMap(unit -> reasons.getOrDefault(unit, Set.of()).stream())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String reason(Due due) {
        return switch (due.kind()) {
            case ACKNOWLEDGE -> "not acknowledged in time";
            case RESOLVE -> "not resolved in time";
            case SITUATION_REPORT, VERIFY, CLOSE ->
                throw new IllegalStateException(due.kind() + " is no task's deadline");
        };
    }

    /** The units that are asked to watch: those that missed something, for the roster. */
    static Set<String> unitsOf(List<Due> missed) {
        return missed.stream().map(due -> due.task().unitCode()).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * @param escalated from the bottom up
     * @param plans for the units that are asked now
     */
    record Result(List<Escalated> escalated, List<PlannedTask> plans) {

        Result {
            escalated = List.copyOf(escalated);
            plans = List.copyOf(plans);
        }

        /** Codes of the units and departments whose matter has gone up to the city and found nobody there either. */
        Set<String> foundNobody() {
            Set<String> found = new HashSet<>();
            boolean more = true;
            while (more) {
                more = false;
                for (Escalated each : escalated) {
                    if (each.to() == null || found.contains(each.to())) {
                        more |= found.addAll(each.from());
                    }
                }
            }
            return found;
        }
    }

    /**
     * @param from codes of units, or of one department
     * @param to the unit that is asked as well; absent for the city, which has nowhere to escalate to
     */
    record Escalated(List<String> from, @Nullable String to, String why) {

        Escalated {
            from = List.copyOf(from);
        }
    }
}
