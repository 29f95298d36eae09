package org.citybrain.api.subscription.consume;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.subscription.NoticeEvent;
import org.citybrain.messages.TaskChanged;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody may want to be told of, as it was published.
 *
 * @param eventId stable: the same message again has the same one
 * @param event what it is told as; for a line with a grade {@code GRADED_UP}, which holds only where the level before was lower
 * @param sequence of the line in the timeline; 0 for a task's dispatch
 * @param actor who did it, or which rule; null for a task's dispatch
 * @param why what the line says of the reason; null where it says nothing
 * @param task the task, where it is about one
 */
record Happening(
        String eventId,
        NoticeEvent event,
        UUID incidentId,
        Instant at,
        long sequence,
        @Nullable String actor,
        @Nullable String why,
        @Nullable TaskChanged task) {}
