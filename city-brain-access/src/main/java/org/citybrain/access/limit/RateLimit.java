package org.citybrain.access.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets each caller through at its rate. For each it keeps one moment: when what was taken so far would have been used up at
 * that rate (the generic cell rate algorithm). Of more callers than it may remember it forgets those that matter least; who
 * is forgotten begins with a full burst.
 */
public final class RateLimit {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Cache<String, AtomicLong> usedUpAt;

    public RateLimit(int mostCallers) {
        this.usedUpAt = Caffeine.newBuilder().maximumSize(mostCallers).build();
    }

    /** Takes one, if it is granted. */
    public Allowance take(String caller, Rate rate, Instant now) {
        long nanos = nanos(now);
        AtomicLong usedUp = usedUpAt.get(caller, unknown -> new AtomicLong(nanos));
        while (true) {
            long before = usedUp.get();
            long after = since(before, rate, nanos) + rate.nanosForOne();
            if (after - nanos > rate.nanosForBurst()) {
                return allowance(rate, false, before - nanos);
            }
            if (usedUp.compareAndSet(before, after)) {
                return allowance(rate, true, after - nanos);
            }
        }
    }

    /** What {@link #take} would say now. Nothing is taken. */
    public Allowance look(String caller, Rate rate, Instant now) {
        long nanos = nanos(now);
        AtomicLong usedUp = usedUpAt.getIfPresent(caller);
        long used = usedUp == null ? 0 : since(usedUp.get(), rate, nanos) - nanos;
        return allowance(rate, used + rate.nanosForOne() <= rate.nanosForBurst(), used);
    }

    /** How many callers are remembered. */
    long size() {
        usedUpAt.cleanUp();
        return usedUpAt.estimatedSize();
    }

    /** A moment further ahead than any burst reaches means that our clock was set back: begin anew. */
    private static long since(long usedUp, Rate rate, long now) {
        return usedUp < now || usedUp - now > 2 * rate.nanosForBurst() ? now : usedUp;
    }

    private static Allowance allowance(Rate rate, boolean granted, long used) {
        long left = rate.nanosForBurst() - used;
        return new Allowance(
                rate,
                granted,
                left / rate.nanosForOne(),
                Duration.ofNanos(Math.max(0, rate.nanosForOne() - left)),
                Duration.ofNanos(used));
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }
}
