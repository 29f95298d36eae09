package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.dispatch.policy.Policies;
import org.jspecify.annotations.Nullable;

/** One kind of command. What is the same for all kinds is done by {@link CommandIncident}. */
interface CarryOut<O extends Order> {

    /** The kind of order that it carries out. */
    Class<O> orders();

    /**
     * What must be locked, as far as it is known before anything is locked.
     *
     * @param incident as it was a moment ago
     * @param policies in force a moment ago
     */
    default Concerned concerned(KnownIncident incident, O order, Policies policies) {
        return new Concerned(List.of(incident.state().id()), new TreeSet<>());
    }

    /**
     * Changes what is to be changed. Throws {@link CommandRefused} before its first write.
     *
     * @return the other incident, where the command concerns two
     */
    @Nullable
    UUID carryOut(CommandCase<O> command);

    /** Incidents, and cells in which correlation looks for them; both are locked in their order, cells first. */
    record Concerned(List<UUID> incidents, SortedSet<Long> cells) {}
}
