package org.citybrain.dispatch.command;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.dispatch.policy.Policies;

/**
 * A kind of command that concerns more than its own incident: another incident, or the cells in which correlation looks for incidents. What
 * opens, closes, reopens or moves an incident holds its cells, so that no report is correlated meanwhile.
 */
public interface CarryOutWidely<O extends Order> extends CarryOut<O> {

    /**
     * What must be locked, as far as it is known before anything is locked.
     *
     * @param incident as it was a moment ago
     * @param policies in force a moment ago
     */
    Concerned concerned(KnownIncident incident, O order, Policies policies);

    /** Incidents, and cells in which correlation looks for them; both are locked in their order, cells first. */
    record Concerned(List<UUID> incidents, SortedSet<Long> cells) {

        /** The incident and the cell that it is found by. */
        public static Concerned withItsCell(KnownIncident incident) {
            return new Concerned(List.of(incident.state().id()), new TreeSet<>(List.of(incident.cell())));
        }
    }
}
