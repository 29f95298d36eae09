package org.citybrain.dispatch.correlate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.citybrain.messages.Position;

/**
 * The incidents that are open. All calls belong to one transaction of isolation READ COMMITTED, in this order; each is one statement
 * (reading, two), whatever the number of reports. Locks are advisory, so they draw no transaction id.
 */
public interface OpenIncidents {

    /**
     * Waits for, and holds to the transaction's end, the locks of these cells. The read that follows is a statement of its own: one that
     * locks and reads at once would see the state before the wait.
     */
    void lockCells(SortedSet<Long> cells);

    /** Open incidents in these cells that were opened since, and were seen between, these times. */
    List<Candidate> list(SortedSet<Long> cells, Instant openedSince, Instant seenFrom, Instant seenTo);

    /** Waits for, and holds to the transaction's end, the locks of these incidents. */
    void lock(Collection<UUID> incidents);

    /** These incidents as they are now, without those that have been closed meanwhile. */
    List<Incident> read(Collection<UUID> incidents);

    /** An open incident, as far as it matters for the choice of what to lock. */
    record Candidate(
            UUID id, String type, Position position, long cell, Instant firstOccurredAt, Instant lastOccurredAt) {}
}
