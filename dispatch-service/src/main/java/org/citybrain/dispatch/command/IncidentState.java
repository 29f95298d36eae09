package org.citybrain.dispatch.command;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a person needs to know of an incident in order to decide on it.
 *
 * @param version also the ETag
 * @param commandingUnit its code
 * @param mergedInto the incident that it became part of
 * @param changedBy who or which rule brought it to this version
 */
public record IncidentState(
        UUID id,
        String number,
        int version,
        IncidentStatus status,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        boolean corroborated,
        String commandingUnit,
        int reportCount,
        @Nullable UUID mergedInto,
        String changedBy,
        Instant changedAt) {}
