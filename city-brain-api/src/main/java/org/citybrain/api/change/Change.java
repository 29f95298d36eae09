package org.citybrain.api.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.citybrain.api.incident.IncidentSummary;
import org.citybrain.api.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * One thing that has changed: what it is now, or that it is gone.
 *
 * @param id of the incident or the task
 * @param version of the incident or the task; no version of a thing comes twice
 * @param deleted it is to be taken off every list: {@code ended} says why
 * @param state as the lists of incidents and of tasks answer it; null where it is gone
 * @param ended why it is gone; null where it is not
 * @param mergedInto the incident that it became part of, where it did
 */
record Change(
        Kind kind,
        UUID id,
        int version,
        boolean deleted,

        @Schema(
                types = {"object", "null"},
                oneOf = {IncidentSummary.class, Task.class})
        @Nullable
        Object state,

        @Nullable Ended ended,
        @Nullable UUID mergedInto) {

    enum Kind {
        INCIDENT,
        TASK
    }

    enum Ended {
        /** The incident became part of another. */
        MERGED,
        /** There was nothing. */
        FALSE_ALARM,
        /** The task was taken back or given back. */
        RETURNED,
        /** The reader does not see it any more; its tasks are gone with it. */
        OUT_OF_REACH
    }
}
