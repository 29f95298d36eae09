package org.citybrain.dispatch.correlate;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/** A dispatch task as stored. */
public record TaskState(
        UUID id,
        int version,
        Tier tier,
        String unitCode,
        TaskRole role,
        TaskStatus status,
        Instant dispatchedAt,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant resolveBy,
        boolean digest) {}
