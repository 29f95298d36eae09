package org.citybrain.messages.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Goes over the days (UTC) that have lines, the oldest first, some at each run, and once it is through begins anew: lines that came late are met the next time. Each day
 * is summed up by itself, so that no transaction that writes is a long one: the relay and all who read changes wait for the oldest.
 */
public final class SumUpDays {

    static final int DAYS_AT_ONCE = 31;

    private final Lines lines;
    private Instant next = Instant.EPOCH;

    public SumUpDays(Lines lines) {
        this.lines = lines;
    }

    /** The next days, none of them after this moment. */
    public synchronized void goOn(Instant before) {
        for (int day = 0; day < DAYS_AT_ONCE; day++) {
            Optional<Instant> oldest = lines.findOldest(next, before);
            if (oldest.isEmpty()) {
                next = Instant.EPOCH;
                return;
            }
            Instant begin = oldest.get().truncatedTo(ChronoUnit.DAYS);
            Instant end = begin.plus(1, ChronoUnit.DAYS);
            lines.sumUp(begin, end.isBefore(before) ? end : before);
            next = end;
        }
    }

    /** Lines of one end of the ledger, by their hours. */
    public interface Lines {

        /** The oldest hour with a line, from one moment until, but not including, another. */
        Optional<Instant> findOldest(Instant from, Instant before);

        /** In one transaction. What has been summed up before stays as it is. */
        void sumUp(Instant from, Instant before);
    }
}
