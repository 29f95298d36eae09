package org.citybrain.dispatch.correlate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a person has decided of an incident, beside what the rules make of it. It becomes a line of the timeline.
 *
 * @param actor {@code person:} and the account
 * @param detail what the line tells beside the reason
 * @param given the grade that the person gives; absent: the rules grade
 * @param reportId the report that it is about, where it is about one
 * @param traceId of the request
 */
public record PersonsWord(
        IncidentEventKind kind,
        String actor,
        String reason,
        Map<String, Object> detail,
        @Nullable Given given,
        @Nullable UUID reportId,
        @Nullable String traceId) {

    public PersonsWord {
        // Not Map.copyOf: the line of the timeline keeps this order.
        detail = new LinkedHashMap<>(detail);
    }

    public static PersonsWord of(IncidentEventKind kind, String actor, String reason, @Nullable String traceId) {
        return new PersonsWord(kind, actor, reason, Map.of(), null, null, traceId);
    }

    public PersonsWord telling(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(detail);
        more.put(name, value);
        return new PersonsWord(kind, actor, reason, more, given, reportId, traceId);
    }

    public PersonsWord about(UUID report) {
        return new PersonsWord(kind, actor, reason, detail, given, report, traceId);
    }

    public PersonsWord giving(Given grade) {
        return new PersonsWord(kind, actor, reason, detail, grade, reportId, traceId);
    }

    /**
     * A level or a scope that a person gives.
     *
     * @param atLeast what the rules give counts where it is more severe
     */
    public record Given(@Nullable Level level, @Nullable HandlingScope scope, boolean atLeast) {

        /** The row of the routing table that it leads to. */
        public String routingRule() {
            return level != null ? level.name() : String.valueOf(scope);
        }
    }
}
