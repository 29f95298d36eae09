package org.citybrain.dispatch.store;

import java.util.List;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is stored.
 *
 * @param grade as computed now
 * @param holding what holds after it, for nothing is downgraded without a person
 * @param newTasks for units that had none
 * @param changedTasks whose role or deadlines have changed
 */
record RecordedDecision(
        Incident incident,
        int version,
        IncidentStatus status,
        Grade grade,
        Holding holding,
        long mapVersion,
        @Nullable String pictureJson,
        List<TimelineLine> lines,
        List<TaskState> newTasks,
        List<TaskState> changedTasks) {

    boolean isNew() {
        return incident.stored() == null;
    }
}
