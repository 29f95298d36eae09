package org.citybrain.api.map;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * An incident as far as a map and a list show it; its components are the columns of the answer, in this order.
 *
 * @param longitude in WGS-84, as {@code latitude}
 * @param level null for everyday matters
 * @param scope null for all others
 * @param dueFrom since when the deadline runs that is {@code dueAt}
 * @param dueAt the deadline that runs out next, or has run out, over all its open tasks; null where there is none
 * @param commandingUnit a unit's code, as {@code gridCode}
 */
record OpenIncident(
        UUID id,
        String number,
        double longitude,
        double latitude,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        IncidentStatus status,
        String type,
        long peopleAffected,
        Instant openedAt,
        @Nullable Instant dueFrom,
        @Nullable Instant dueAt,
        String commandingUnit,
        String gridCode,
        int version) {

    static final List<String> COLUMNS = Arrays.stream(OpenIncident.class.getRecordComponents())
            .map(component -> component.getName())
            .toList();
}
