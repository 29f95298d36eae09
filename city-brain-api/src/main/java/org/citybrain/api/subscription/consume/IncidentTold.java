package org.citybrain.api.subscription.consume;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * An incident as it is when somebody is told of it.
 *
 * @param visibleTo every unit in whose subtree it lies or to whose subtree it was dispatched
 */
record IncidentTold(
        UUID id,
        String number,
        String type,
        IncidentCategory category,
        IncidentStatus status,
        int version,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        Instant openedAt,
        Position location,
        String gridCode,
        String commandingUnit,
        long peopleAffected,
        Set<String> visibleTo) {

    IncidentTold {
        visibleTo = Set.copyOf(visibleTo);
    }
}
