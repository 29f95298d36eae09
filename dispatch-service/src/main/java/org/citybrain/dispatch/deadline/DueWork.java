package org.citybrain.dispatch.deadline;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One kind of deadlines: which incidents have one that is due, and what is done about it. */
interface DueWork {

    /** What is done by the deadlines that it looks at, for the metric. */
    DeadlineKind kind();

    /** Incidents of which something is due, the longest overdue first, without those. */
    Collection<UUID> find(int most, Set<UUID> without);

    /** Locks those of them that nobody else has locked, until the transaction ends. */
    List<UUID> lock(Collection<UUID> found, int most);

    /** @return those that nothing was decided of, and that are not to be looked at again in this sweep */
    Collection<UUID> decide(List<UUID> locked, DeadlineMeters.Counted counted);
}
