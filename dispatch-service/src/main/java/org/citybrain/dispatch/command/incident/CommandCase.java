package org.citybrain.dispatch.command.incident;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;

/**
 * A command that may be carried out: all locks are held, everything was checked that is the same for all.
 *
 * @param before the incident as it is
 * @param policies in force now
 * @param traceId of the request
 */
record CommandCase<O extends Order>(
        O order,
        KnownIncident before,
        Person person,
        Policies policies,
        Instant now,
        @Nullable String traceId) {

    UUID incidentId() {
        return before.state().id();
    }

    /** As timelines name who did it. */
    String actor() {
        return "person:" + person.name();
    }

    PersonsWord word(IncidentEventKind kind) {
        return PersonsWord.of(kind, actor(), order.why(), traceId);
    }
}
