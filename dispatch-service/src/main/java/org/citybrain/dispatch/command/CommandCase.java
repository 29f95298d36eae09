package org.citybrain.dispatch.command;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;

/**
 * A command that may be carried out: all locks are held, everything was checked that is the same for all.
 *
 * @param subject what it is on, as it is
 * @param before the incident as it is
 * @param policies in force now
 * @param traceId of the request
 */
public record CommandCase<O extends Order>(
        O order,
        Subject subject,
        KnownIncident before,
        Person person,
        Policies policies,
        Instant now,
        @Nullable String traceId) {

    public UUID incidentId() {
        return before.state().id();
    }

    /** As timelines name who did it. */
    public String actor() {
        return "person:" + person.name();
    }

    /** For incidents that are decided anew: it becomes a line of the timeline there. */
    public PersonsWord word(IncidentEventKind kind) {
        return PersonsWord.of(kind, actor(), order.why(), traceId);
    }

    /** A line of the timeline: what the person did, and the reason where one was given. */
    public IncidentTimeline.Line line(IncidentEventKind kind, Map<String, ?> detail) {
        IncidentTimeline.Line line = IncidentTimeline.Line.of(incidentId(), kind, actor(), traceId)
                .after(before.state().status());
        return (order.why().isEmpty() ? line : line.telling("reason", order.why())).telling(detail);
    }
}
