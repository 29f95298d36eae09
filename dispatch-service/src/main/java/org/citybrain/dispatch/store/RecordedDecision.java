package org.citybrain.dispatch.store;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is stored.
 *
 * @param inputs of the grade as computed now
 * @param grade as computed now
 * @param holding what holds after it, for nothing is downgraded without a person
 * @param newTasks for units that had none
 * @param changedTasks whose role or deadlines have changed
 */
record RecordedDecision(
        Incident incident,
        int version,
        IncidentStatus status,
        GradeInputs inputs,
        Grade grade,
        Holding holding,
        long mapVersion,
        String sharesJson,
        @Nullable String pictureJson,
        List<TimelineLine> lines,
        List<TaskState> newTasks,
        List<TaskState> changedTasks) {

    boolean isNew() {
        return incident.stored() == null;
    }

    /**
     * Codes of every unit in whose subtree the incident lies or to whose subtree it was dispatched: the grids it touches, the
     * units that have a task, and all above them.
     */
    List<String> visibleTo() {
        return visibleTo(incident, newTasks);
    }

    static List<String> visibleTo(Incident incident, List<TaskState> newTasks) {
        SortedSet<String> codes = new TreeSet<>();
        incident.units().forEach(code -> addWithAncestors(codes, code));
        Incident.Stored stored = incident.stored();
        if (stored != null) {
            stored.tasks().forEach(task -> addWithAncestors(codes, task.unitCode()));
        }
        newTasks.forEach(task -> addWithAncestors(codes, task.unitCode()));
        return List.copyOf(codes);
    }

    private static void addWithAncestors(SortedSet<String> codes, String code) {
        if (!codes.add(code)) {
            return;
        }
        for (Tier tier : Tier.values()) {
            if (tier.digits() < code.length()) {
                codes.add(code.substring(0, tier.digits()));
            }
        }
    }
}
