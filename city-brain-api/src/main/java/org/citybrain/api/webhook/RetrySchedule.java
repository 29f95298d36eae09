package org.citybrain.api.webhook;

import java.time.Duration;

/**
 * When a webhook that failed is tried again: each pause is four times the one before, so that a target that restarts is told within
 * seconds, and one that is away for hours is still told.
 *
 * @param tries how often in all
 * @param firstPause after the first failure
 */
record RetrySchedule(int tries, Duration firstPause) {

    private static final int FACTOR = 4;
    private static final int LONGEST_EXPONENT = 10;
    private static final double JITTER = 0.2;

    /** Whether there is another attempt after so many. */
    boolean goesOnAfter(int attempts) {
        return attempts < tries;
    }

    /**
     * The pause after so many attempts.
     *
     * @param chance from 0 to 1: spreads what failed at once, by a fifth to either side
     */
    Duration pauseAfter(int attempts, double chance) {
        double factor = Math.pow(FACTOR, Math.min(attempts - 1, LONGEST_EXPONENT)) * (1 - JITTER + 2 * JITTER * chance);
        return Duration.ofMillis(Math.round(firstPause.toMillis() * factor));
    }
}
