package org.citybrain.dispatch.picture;

import java.util.Comparator;
import java.util.UUID;
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

    static final Comparator<NearIncident> NEAREST_FIRST =
            Comparator.comparingLong(NearIncident::metersAway).thenComparing(NearIncident::id);

    static NearIncident of(OpenIncident incident, double metersAway) {
        return new NearIncident(
                incident.id(),
                incident.number(),
                incident.type(),
                incident.level(),
                incident.scope(),
                Math.round(metersAway));
    }
}
