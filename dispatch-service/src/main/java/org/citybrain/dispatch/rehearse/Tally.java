package org.citybrain.dispatch.rehearse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;
import org.citybrain.dispatch.rehearse.RehearsalResult.CentreLoad;
import org.citybrain.dispatch.rehearse.RehearsalResult.DepartmentLoad;
import org.citybrain.dispatch.rehearse.RehearsalResult.MatrixCell;
import org.citybrain.dispatch.rehearse.RehearsalResult.ReasonCount;
import org.citybrain.dispatch.rehearse.RehearsalResult.TaskCount;
import org.citybrain.dispatch.rehearse.Replayed.Attempt;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/** Adds up what was replayed. One for each worker; {@link #add(Tally)} brings them together. Its memory does not grow with history. */
final class Tally {

    static final int BIGGEST_CHANGES = 100;
    static final int BEFORE = 0;
    static final int AFTER = 1;
    private static final int MOST_LOADS = 200;
    private static final int MOST_FAILURES = 10;

    private static final Comparator<Replayed> SMALLEST_FIRST = Comparator.comparingInt(Replayed::levelsJumped)
            .thenComparingInt(Replayed::tiersJumped)
            .thenComparingLong(Replayed::people)
            .thenComparing(Replayed::id, Comparator.reverseOrder());

    private final Map<NotReplayable, Long> notReplayable = new EnumMap<>(NotReplayable.class);
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Map<String, Count>> matrix = new TreeMap<>();
    private final Map<Tier, Map<Tier, Count>> commandMatrix = new EnumMap<>(Tier.class);
    // Of units, by tier and role.
    private final Map<Tier, Map<TaskRole, long[]>> tasks = new EnumMap<>(Tier.class);
    private final Map<String, long[]> centres = new HashMap<>();
    private final Map<String, Called> departments = new HashMap<>();
    private final PriorityQueue<Replayed> biggest = new PriorityQueue<>(SMALLEST_FIRST);
    private long replayed;
    private long changed;
    private long gradedByPerson;

    void count(boolean isGradedByPerson) {
        if (isGradedByPerson) {
            gradedByPerson++;
        }
    }

    void addFailed(Attempt attempt) {
        if (attempt.reason() != null) {
            notReplayable.merge(attempt.reason(), 1L, Long::sum);
            if (attempt.reason() == NotReplayable.RULE_FAILED) {
                addFailure(attempt.detail());
            }
        }
    }

    void add(Replayed incident) {
        replayed++;
        Decided before = incident.before();
        Decided after = incident.after();
        addGraded(before.label(), after.label(), 1);
        addCommanded(Replayed.tierOf(before.commandingUnit()), Replayed.tierOf(after.commandingUnit()), 1);
        count(before, BEFORE);
        count(after, AFTER);
        if (incident.isChanged()) {
            changed++;
            offer(incident);
        }
    }

    private void count(Decided decided, int side) {
        for (PlannedTask task : decided.tasks()) {
            addTasks(task.tier(), task.role(), task.department(), side, 1);
        }
        addCommand(decided.commandingUnit(), side, 1);
    }

    /** @param department whose tasks they are; absent: units' own */
    void addTasks(Tier tier, TaskRole role, @Nullable Department department, int side, long count) {
        if (department == null) {
            addTasks(tier, role, side, count);
        } else {
            addCalls(department, side, count);
        }
    }

    /**
     * Adds, on both sides, what departments have of all the other incidents.
     *
     * @param stored tells how many tasks each has
     */
    void restOfDepartments(Consumer<ObjLongConsumer<Department>> stored) {
        stored.accept((department, tasks) -> {
            Called called = departments.get(department.code());
            long rest = tasks - (called == null ? 0 : called.tasks[BEFORE]);
            addCalls(department, BEFORE, rest);
            addCalls(department, AFTER, rest);
        });
    }

    void addCalls(Department department, int side, long count) {
        departments.computeIfAbsent(department.code(), code -> new Called(department.name())).tasks[side] += count;
    }

    private void addTasks(Tier tier, TaskRole role, int side, long count) {
        tasks.computeIfAbsent(tier, t -> new EnumMap<>(TaskRole.class)).computeIfAbsent(role, r -> new long[2])[side] +=
                count;
    }

    void addCommand(String unit, int side, long count) {
        if (unit.length() <= Tier.STREET.digits()) {
            centres.computeIfAbsent(unit, code -> new long[2])[side] += count;
        }
    }

    void addGraded(String before, String after, long count) {
        matrix.computeIfAbsent(before, label -> new TreeMap<>())
                .computeIfAbsent(after, label -> new Count())
                .add(count);
    }

    void addCommanded(Tier before, Tier after, long count) {
        commandMatrix
                .computeIfAbsent(before, tier -> new EnumMap<>(Tier.class))
                .computeIfAbsent(after, tier -> new Count())
                .add(count);
    }

    private void offer(Replayed incident) {
        if (biggest.size() < BIGGEST_CHANGES) {
            biggest.add(incident);
        } else if (SMALLEST_FIRST.compare(incident, biggest.element()) > 0) {
            biggest.remove();
            biggest.add(incident);
        }
    }

    private void addFailure(String failure) {
        if (failures.size() < MOST_FAILURES && !failures.contains(failure)) {
            failures.add(failure);
        }
    }

    /** Takes in what another worker has counted. */
    void add(Tally other) {
        replayed += other.replayed;
        changed += other.changed;
        gradedByPerson += other.gradedByPerson;
        other.notReplayable.forEach((reason, count) -> notReplayable.merge(reason, count, Long::sum));
        other.failures.forEach(this::addFailure);
        other.matrix.forEach((from, row) -> row.forEach((to, count) -> addGraded(from, to, count.count)));
        other.commandMatrix.forEach((from, row) -> row.forEach((to, count) -> addCommanded(from, to, count.count)));
        other.tasks.forEach((tier, byRole) -> byRole.forEach((role, count) -> {
            addTasks(tier, role, BEFORE, count[BEFORE]);
            addTasks(tier, role, AFTER, count[AFTER]);
        }));
        other.centres.forEach((unit, load) -> {
            long[] mine = centres.computeIfAbsent(unit, code -> new long[2]);
            mine[0] += load[0];
            mine[1] += load[1];
        });
        other.departments.forEach((code, called) -> {
            addCalls(new Department(code, called.name), BEFORE, called.tasks[BEFORE]);
            addCalls(new Department(code, called.name), AFTER, called.tasks[AFTER]);
        });
        other.biggest.forEach(this::offer);
    }

    long replayed() {
        return replayed;
    }

    long changed() {
        return changed;
    }

    long gradedByPerson() {
        return gradedByPerson;
    }

    List<ReasonCount> notReplayable() {
        return notReplayable.entrySet().stream()
                .map(entry -> new ReasonCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    List<MatrixCell> matrix() {
        List<MatrixCell> cells = new ArrayList<>();
        matrix.forEach((from, row) -> row.forEach((to, count) -> cells.add(new MatrixCell(from, to, count.count))));
        return cells;
    }

    List<MatrixCell> commandMatrix() {
        List<MatrixCell> cells = new ArrayList<>();
        commandMatrix.forEach((from, row) ->
                row.forEach((to, count) -> cells.add(new MatrixCell(from.name(), to.name(), count.count))));
        return cells;
    }

    List<TaskCount> tasks() {
        List<TaskCount> counts = new ArrayList<>();
        tasks.forEach((tier, byRole) ->
                byRole.forEach((role, count) -> counts.add(new TaskCount(tier, role, count[BEFORE], count[AFTER]))));
        return counts;
    }

    /** The largest differences first; of those, the higher and then the lower code. */
    List<CentreLoad> commandCentres(UnaryOperator<String> nameOf) {
        return centres.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> centre) ->
                                -Math.abs(centre.getValue()[1] - centre.getValue()[0]))
                        .thenComparingInt(centre -> centre.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_LOADS)
                .map(centre -> new CentreLoad(
                        centre.getKey(),
                        nameOf.apply(centre.getKey()),
                        Replayed.tierOf(centre.getKey()),
                        centre.getValue()[0],
                        centre.getValue()[1]))
                .toList();
    }

    /** The largest differences first; of those, the lower code. */
    List<DepartmentLoad> departments() {
        return departments.entrySet().stream()
                .map(entry -> new DepartmentLoad(
                        entry.getKey(),
                        entry.getValue().name,
                        entry.getValue().tasks[BEFORE],
                        Math.max(0, entry.getValue().tasks[AFTER])))
                .sorted(Comparator.comparingLong((DepartmentLoad load) -> -Math.abs(load.after() - load.before()))
                        .thenComparing(DepartmentLoad::code))
                .limit(MOST_LOADS)
                .toList();
    }

    /** The biggest first. */
    List<Replayed> biggestChanges() {
        return biggest.stream().sorted(SMALLEST_FIRST.reversed()).toList();
    }

    private static final class Called {

        private final String name;
        private final long[] tasks = new long[2];

        Called(String name) {
            this.name = name;
        }
    }

    private static final class Count {

        private long count;

        void add(long more) {
            count += more;
        }
    }
}
