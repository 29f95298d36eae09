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
 * @param text what was searched for: a readable number or its beginning, a unit's code or the beginning of its name, or a part of a type's
 *     name, a report's description or a note
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
        @Nullable String text,
        @Nullable UUID before,
        int limit) {

    private static final int LONGEST_TEXT = 100;

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
                parameters.value("q", IncidentFilter::text, "1 to " + LONGEST_TEXT + " characters without NUL"),
                parameters.cursor(QueryParameters::parseUuid),
                parameters.limit());
        parameters.refuseUnknown();
        return filter.checked();
    }

    /** The page that begins after this incident, of this size. */
    IncidentFilter pageAfter(@Nullable UUID incident, int size) {
        return new IncidentFilter(
                statuses, levels, scopes, types, categories, unit, box, from, to, text, incident, size);
    }

    private IncidentFilter checked() {
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.badParameter("from", from.toString(), "a time before to, which is " + to);
        }
        return this;
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

    private static String text(String given) {
        String text = given.strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1 to " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    private static String type(String text) {
        if (!TYPE.matcher(text).matches()) {
            throw new IllegalArgumentException("a code of the item catalogue");
        }
        return text;
    }
}
