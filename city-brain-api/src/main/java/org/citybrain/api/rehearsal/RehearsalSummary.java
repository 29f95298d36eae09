package org.citybrain.api.rehearsal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rehearsal in a list.
 *
 * @param progress 0 to 1
 * @param from absent: from the first incident on
 * @param askedBy as {@code person:analyst}
 * @param startedAt absent while it waits for its turn
 * @param cancelledBy who wanted it to end
 * @param failure why it failed
 * @param replayed incidents that were decided again; absent until it is done, as what follows
 * @param changedIncidents of these, those that would have been otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RehearsalSummary(
        UUID id,
        String kind,
        int version,
        RehearsalStatus status,
        double progress,
        @Nullable Instant from,
        Instant to,
        String askedBy,
        Instant askedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String cancelledBy,
        @Nullable String failure,
        @Nullable Long replayed,
        @Nullable Long changedIncidents) {}
