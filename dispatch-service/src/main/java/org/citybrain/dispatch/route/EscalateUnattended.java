package org.citybrain.dispatch.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * A unit whose roster says that nobody is on duty escalates at once (domain, section 5): its task stays open, and the unit above has it
 * as well. Where nobody is on duty there either, it goes on up to the city, which can only be chased.
 */
public final class EscalateUnattended {

    /** From the bottom up, so that a unit that takes something over may pass it on. */
    private static final List<Tier> UPWARDS = List.of(Tier.GRID, Tier.COMMUNITY, Tier.STREET, Tier.DISTRICT, Tier.CITY);

    private static final Comparator<PlannedTask> FROM_THE_TOP = Comparator.comparing(PlannedTask::tier)
            .thenComparing(PlannedTask::unitCode)
            .thenComparing(
                    task -> task.department() == null ? "" : task.department().code());

    private final Map<String, PlannedTask> byUnit = new LinkedHashMap<>();
    private final List<PlannedTask> others = new ArrayList<>();
    private final Set<String> dispatched;
    private final Set<String> unattended;
    private final Map<String, SortedSet<String>> takenOver = new TreeMap<>();
    private @Nullable String unattendedCity;

    private EscalateUnattended(Collection<PlannedTask> tasks, Collection<String> dispatched, Set<String> unattended) {
        tasks.forEach(task -> {
            if (task.department() == null) {
                byUnit.put(task.unitCode(), task);
            } else {
                others.add(task);
            }
        });
        this.dispatched = new HashSet<>(dispatched);
        this.unattended = unattended;
    }

    /**
     * Adds what the units above have to take over.
     *
     * @param tasks of a route
     * @param dispatched units whose own task is new, or newly tightened, and waits to be acknowledged; others have been asked before
     * @param unattended units where nobody is on duty by the roster; a unit without a roster counts as on duty
     */
    public static Escalated escalate(
            Collection<PlannedTask> tasks, Collection<String> dispatched, Set<String> unattended) {
        if (unattended.isEmpty()) {
            return new Escalated(List.copyOf(tasks), List.of());
        }
        EscalateUnattended escalate = new EscalateUnattended(tasks, dispatched, unattended);
        UPWARDS.forEach(escalate::escalateFrom);
        return escalate.result(tasks);
    }

    private void escalateFrom(Tier tier) {
        for (PlannedTask task : List.copyOf(byUnit.values())) {
            if (task.tier() == tier
                    && task.isOwnWork()
                    && dispatched.contains(task.unitCode())
                    && unattended.contains(task.unitCode())) {
                if (tier == Tier.CITY) {
                    unattendedCity = task.unitCode();
                } else {
                    passOn(task);
                }
            }
        }
    }

    private void passOn(PlannedTask task) {
        Tier above = UPWARDS.get(UPWARDS.indexOf(task.tier()) + 1);
        String unit = task.unitCode().substring(0, above.digits());
        PlannedTask present = byUnit.get(unit);
        byUnit.put(
                unit,
                new PlannedTask(
                        above,
                        unit,
                        present != null && present.isOwnWork() ? present.role() : roleAbove(task),
                        shorter(present == null ? null : present.acknowledgeWithin(), task.acknowledgeWithin()),
                        shorter(present == null ? null : present.resolveWithin(), task.resolveWithin()),
                        false));
        dispatched.add(unit);
        takenOver.computeIfAbsent(unit, code -> new TreeSet<>()).add(task.unitCode());
    }

    /** Whoever had to act is stood in for; of those who lead others only the leading is taken over, and one commands. */
    private TaskRole roleAbove(PlannedTask task) {
        boolean leads = task.role() != TaskRole.EXECUTE
                && byUnit.values().stream()
                        .anyMatch(other -> other.isOwnWork()
                                && task.tier().isAbove(other.tier())
                                && other.unitCode().startsWith(task.unitCode()));
        return leads ? TaskRole.COORDINATE : TaskRole.EXECUTE;
    }

    private Escalated result(Collection<PlannedTask> tasks) {
        if (takenOver.isEmpty() && unattendedCity == null) {
            return new Escalated(List.copyOf(tasks), List.of());
        }
        List<PlannedTask> all = new ArrayList<>(byUnit.values());
        all.addAll(others);
        all.sort(FROM_THE_TOP);
        List<Escalation> escalations = new ArrayList<>();
        takenOver.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, SortedSet<String>> entry) ->
                                entry.getKey().length())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> escalations.add(new Escalation(List.copyOf(entry.getValue()), entry.getKey())));
        if (unattendedCity != null) {
            escalations.add(new Escalation(List.of(unattendedCity), null));
        }
        return new Escalated(all, escalations);
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * A route's tasks with what was taken over.
     *
     * @param escalations from the bottom up; empty where somebody is on duty everywhere
     */
    public record Escalated(List<PlannedTask> tasks, List<Escalation> escalations) {

        public Escalated {
            tasks = List.copyOf(tasks);
            escalations = List.copyOf(escalations);
        }
    }
}
