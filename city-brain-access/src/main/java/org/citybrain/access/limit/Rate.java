package org.citybrain.access.limit;

import java.time.Duration;

/**
 * How often something may happen.
 *
 * @param perSecond on average
 * @param burst how many may come at once after a rest
 */
public record Rate(int perSecond, int burst) {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    public Rate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate is at least 1: " + perSecond + " a second, " + burst + " at once");
        }
    }

    /** What one costs. */
    long nanosForOne() {
        return SECOND / perSecond;
    }

    /** What a caller who has rested has to spend. */
    long nanosForBurst() {
        return nanosForOne() * burst;
    }

    /** How long it takes until a burst may come again. */
    Duration window() {
        return Duration.ofNanos(nanosForBurst());
    }
}
