package org.citybrain.api.incident;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Box;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are wanted. An empty set and a null restrict nothing.
 *
 * @param unit one of the grids that the footprint touches lies in this unit
 * @param box the location lies in it
 * @param from opened at or after
 * @param to opened before
 * @param before the last incident of the page before
 */
record IncidentFilter(
        Set<IncidentStatus> statuses,
        Set<Level> levels,
        Set<HandlingScope> scopes,
        Set<String> types,
        Set<IncidentCategory> categories,
        @Nullable UnitCode unit,
        @Nullable Box box,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID before,
        int limit) {

    private static final Set<IncidentStatus> CLOSED =
            EnumSet.of(IncidentStatus.CLOSED, IncidentStatus.FALSE_ALARM, IncidentStatus.MERGED);
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    static IncidentFilter read(QueryParameters parameters) {
        IncidentFilter filter = new IncidentFilter(
                statuses(parameters),
                parameters.enums("level", Level.class),
                parameters.enums("scope", HandlingScope.class),
                parameters.set("type", IncidentFilter::type, "an incident type such as flood.waterlogging"),
                parameters.enums("category", IncidentCategory.class),
                parameters.unit("unit"),
                parameters.box("bbox"),
                parameters.instant("from"),
                parameters.instant("to"),
                parameters.cursor(QueryParameters::parseUuid),
                parameters.limit());
        parameters.refuseUnknown();
        if (filter.from != null && filter.to != null && !filter.from.isBefore(filter.to)) {
            throw Problem.badParameter("from", filter.from.toString(), "a time before to, which is " + filter.to);
        }
        return filter;
    }

    private static Set<IncidentStatus> statuses(QueryParameters parameters) {
        Set<Set<IncidentStatus>> wanted = parameters.set(
                "status",
                text -> text.equals("OPEN")
                        ? EnumSet.complementOf(EnumSet.copyOf(CLOSED))
                        : Set.of(IncidentStatus.valueOf(text)),
                "OPEN or one of " + QueryParameters.constants(IncidentStatus.class));
        Set<IncidentStatus> statuses = EnumSet.noneOf(IncidentStatus.class);
        wanted.forEach(statuses::addAll);
        return statuses;
    }

    private static String type(String text) {
        if (!TYPE.matcher(text).matches()) {
            throw new IllegalArgumentException("a code of the item catalogue");
        }
        return text;
    }
}
