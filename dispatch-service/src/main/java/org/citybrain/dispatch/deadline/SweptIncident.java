package org.citybrain.dispatch.deadline;

import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.Judgement.Mark;
import org.citybrain.dispatch.store.IncidentTimeline.Line;

/**
 * What the sweep has decided for one incident.
 *
 * @param added tasks of units above
 * @param changed tasks that units above had already, as they are now
 * @param marks of the deadlines that were looked at
 */
record SweptIncident(UUID id, List<Line> lines, List<TaskState> added, List<TaskState> changed, List<Mark> marks) {

    SweptIncident {
        lines = List.copyOf(lines);
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        marks = List.copyOf(marks);
    }
}
