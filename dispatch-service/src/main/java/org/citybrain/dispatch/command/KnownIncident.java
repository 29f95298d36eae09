package org.citybrain.dispatch.command;

import java.time.Instant;
import java.util.List;
import org.citybrain.access.Person;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.UnitCode;

/**
 * An incident as it is stored, open or closed, as far as commands ask.
 *
 * @param board that its type belongs to: the street's own task names it
 * @param cell that correlation finds it by
 * @param policies that it was opened with
 * @param workingUnits codes of the units that have a task which is no notice and was not returned
 * @param visibleTo every unit in whose subtree it lies or to whose subtree it was dispatched
 */
public record KnownIncident(
        IncidentState state,
        String type,
        String board,
        Instant openedAt,
        long cell,
        PolicyVersions policies,
        List<String> workingUnits,
        List<String> visibleTo) {

    public KnownIncident {
        workingUnits = List.copyOf(workingUnits);
        visibleTo = List.copyOf(visibleTo);
    }

    /** The same as the row-level security of what people read. */
    public boolean isSeenBy(Person person) {
        UnitCode unit = person.unit();
        return unit != null && visibleTo.contains(unit.digits());
    }

    /** The row of the routing table that it is handled by: its level, or for everyday matters its scope. */
    public String routingRule() {
        return state.level() != null ? state.level().name() : String.valueOf(state.scope());
    }

    public boolean isCommandedBy(Person person) {
        return person.reaches(new UnitCode(state.commandingUnit()));
    }
}
