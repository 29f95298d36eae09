package org.citybrain.api.live;

import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.access.Person;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Level;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * What one reader sees of the stream: first what row-level security would show, then what was asked for. An empty set and a null
 * restrict nothing, but for receipts.
 *
 * @param reach the reader's unit; null sees nothing
 * @param kinds what lines of the timeline tell, such as {@code DISPATCHED}
 * @param unit incidents that lie in or were dispatched to this unit or below it, tasks of such units
 */
record StreamFilter(
        @Nullable UnitCode reach, @Nullable UnitCode unit, Set<Level> levels, Set<String> types, Set<String> kinds) {

    /** As many of them as there are people to tell: only who asks for them is sent them. */
    private static final String RECEIPT = IncidentEventKind.NOTIFIED.name();

    StreamFilter {
        levels = Set.copyOf(levels);
        types = Set.copyOf(types);
        kinds = Set.copyOf(kinds);
    }

    static StreamFilter read(QueryParameters parameters, Person person) {
        return new StreamFilter(
                person.unit(),
                parameters.unit("unit"),
                parameters.enums("level", Level.class),
                parameters.set("type", StreamFilter::type, "an incident type such as flood.waterlogging"),
                parameters.enums("kinds", IncidentEventKind.class).stream()
                        .map(Enum::name)
                        .collect(Collectors.toSet()));
    }

    boolean wants(LiveEvent event) {
        LiveEvent.About about = event.about();
        if (about == null) {
            return true;
        }
        LiveLine line = about.line();
        return reach != null
                && line.visibleTo().contains(reach.digits())
                && (unit == null || isIn(unit.digits(), about))
                && (levels.isEmpty() || (line.level() != null && levels.contains(line.level())))
                && (types.isEmpty() || types.contains(line.type()))
                && (kinds.isEmpty() ? !line.kind().equals(RECEIPT) : kinds.contains(line.kind()));
    }

    private static boolean isIn(String code, LiveEvent.About about) {
        return about.unitCode() == null
                ? about.line().visibleTo().contains(code)
                : about.unitCode().startsWith(code);
    }

    private static String type(String text) {
        if (!text.matches("[a-z]+(\\.[a-z-]+)+")) {
            throw new IllegalArgumentException("two names and a dot");
        }
        return text;
    }
}
