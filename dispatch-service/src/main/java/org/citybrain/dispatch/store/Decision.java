package org.citybrain.dispatch.store;

import java.util.List;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.route.Route;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was decided of one incident.
 *
 * @param shares one for each grid that it lies in
 * @param picture for a new incident what is known around it; absent for one that was open already
 */
public record Decision(
        Incident incident,
        Grade grade,
        Route route,
        List<GridShare> shares,
        long mapVersion,
        @Nullable JsonNode picture) {

    public Decision {
        shares = List.copyOf(shares);
    }
}
