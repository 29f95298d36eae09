package org.citybrain.dispatch.picture;

import java.util.UUID;
import org.citybrain.dispatch.correlate.IncidentNumber;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * An open incident near another one.
 *
 * @param number absent where both were opened in the same batch: it has none yet
 * @param level absent for everyday matters
 * @param scope absent for all others
 */
record NearIncident(
        UUID id,
        @Nullable String number,
        String type,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        long metersAway) {

    static NearIncident of(OpenIncident incident, long metersAway) {
        Long number = incident.number();
        return new NearIncident(
                incident.id(),
                number == null ? null : IncidentNumber.readable(incident.openedAt(), number),
                incident.type(),
                incident.level(),
                incident.scope(),
                metersAway);
    }
}
