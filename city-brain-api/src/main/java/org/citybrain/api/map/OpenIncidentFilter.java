package org.citybrain.api.map;

import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.Level;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * Which of the open incidents are wanted. An empty set and a null restrict nothing.
 *
 * @param unit it touches this unit or was dispatched to it
 */
record OpenIncidentFilter(@Nullable UnitCode unit, Set<Level> levels, Set<String> types, Set<UUID> ids) {

    static final int MOST_IDS = 200;

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    static OpenIncidentFilter read(QueryParameters parameters) {
        var filter = new OpenIncidentFilter(
                parameters.unit("unit"),
                parameters.enums("level", Level.class),
                parameters.set("type", OpenIncidentFilter::type, "an incident type such as flood.waterlogging"),
                parameters.set("id", QueryParameters::parseUuid, QueryParameters.UUID_EXPECTED));
        parameters.refuseUnknown();
        if (filter.ids().size() > MOST_IDS) {
            throw Problem.badParameter("id", filter.ids().size() + " ids", "at most " + MOST_IDS);
        }
        return filter;
    }

    private static String type(String text) {
        if (!TYPE.matcher(text).matches()) {
            throw new IllegalArgumentException("a code of the item catalogue");
        }
        return text;
    }
}
