package org.citybrain.dispatch.command.incident;

import java.time.Instant;
import java.util.List;
import org.citybrain.access.Person;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.UnitCode;

/**
 * An incident as it is stored, open or closed, as far as commands ask.
 *
 * @param cell that correlation finds it by
 * @param policies that it was opened with
 * @param visibleTo every unit in whose subtree it lies or to whose subtree it was dispatched
 */
record KnownIncident(
        IncidentState state,
        String type,
        Instant openedAt,
        long cell,
        PolicyVersions policies,
        List<String> visibleTo) {

    KnownIncident {
        visibleTo = List.copyOf(visibleTo);
    }

    /** The same as the row-level security of what people read. */
    boolean isSeenBy(Person person) {
        UnitCode unit = person.unit();
        return unit != null && visibleTo.contains(unit.digits());
    }

    boolean isCommandedBy(Person person) {
        return person.reaches(new UnitCode(state.commandingUnit()));
    }
}
