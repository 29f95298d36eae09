package org.citybrain.dispatch.command.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.dispatch.command.Subject;
import org.citybrain.dispatch.correlate.TaskState;

/**
 * A task as it is stored, and as a person needs to know it in order to decide on it.
 *
 * @param changedBy who or which rule brought it to its version
 */
record KnownTask(@JsonIgnore UUID incidentId, @JsonUnwrapped TaskState task, String changedBy, Instant changedAt) {

    static TaskState of(Subject subject) {
        return ((KnownTask) subject.state()).task();
    }
}
