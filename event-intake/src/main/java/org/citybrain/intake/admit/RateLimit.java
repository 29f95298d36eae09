package org.citybrain.intake.admit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets each source through at its rate, with a burst of one second's worth. For each source it keeps one moment: when the
 * reports taken so far would have been used up at that rate (the generic cell rate algorithm).
 */
final class RateLimit {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Accounts need no registration, so their names are without end: those that rest are forgotten. */
    private static final int MOST_SOURCES = 100_000;

    private final ConcurrentMap<String, AtomicLong> usedUpAt = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep = new AtomicLong();

    /** Takes one report of the source's allowance. False when there is none left. */
    boolean take(String sourceId, int perSecond, Instant now) {
        long nanos = nanos(now);
        AtomicLong usedUp = usedUpAt.computeIfAbsent(sourceId, id -> new AtomicLong(nanos));
        forgetThoseAtRest(nanos);
        while (true) {
            long before = usedUp.get();
            long after = afterOneMore(before, perSecond, nanos);
            if (after - nanos > SECOND) {
                return false;
            }
            if (usedUp.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Whether {@link #take} would take one now. */
    boolean wouldTake(String sourceId, int perSecond, Instant now) {
        AtomicLong usedUp = usedUpAt.get(sourceId);
        return usedUp == null || afterOneMore(usedUp.get(), perSecond, nanos(now)) - nanos(now) <= SECOND;
    }

    /** How many sources are remembered. */
    int size() {
        return usedUpAt.size();
    }

    /** A moment further ahead than any burst reaches means that our clock was set back: begin anew. */
    private static long afterOneMore(long usedUp, int perSecond, long now) {
        long from = usedUp < now || usedUp - now > 2 * SECOND ? now : usedUp;
        return from + SECOND / perSecond;
    }

    private void forgetThoseAtRest(long now) {
        long due = nextSweep.get();
        if (usedUpAt.size() > MOST_SOURCES && now > due && nextSweep.compareAndSet(due, now + SECOND)) {
            usedUpAt.values().removeIf(usedUp -> usedUp.get() < now);
        }
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }
}
