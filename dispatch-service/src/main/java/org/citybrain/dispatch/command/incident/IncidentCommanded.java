package org.citybrain.dispatch.command.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a command has come to.
 *
 * @param command as in its path
 * @param incident after it
 * @param other after it, where it concerns two: the one that goes on after a merge, the new one after a split
 */
record IncidentCommanded(
        String command,
        Instant decidedAt,
        IncidentState incident,
        @Nullable IncidentState other) {}
