package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.jspecify.annotations.Nullable;

/**
 * A grave incident that is reported on, while its lock is held.
 *
 * @param from when the time for the next report began to run, as it was kept; absent where nothing is kept
 * @param plannedFor the level that this was for; absent where nothing is kept
 * @param gradedAt when it was opened, or given its grade last
 * @param restartedAt the last situation report, or when it was reopened since; absent where there is neither
 */
record ReportedIncident(
        UUID id,
        String level,
        String commandingUnit,
        PolicyVersions policies,
        @Nullable Instant from,
        @Nullable String plannedFor,
        Instant gradedAt,
        @Nullable Instant restartedAt) {

    private static final int FIFTHS_TO_THE_WARNING = 4;
    private static final int FIFTHS = 5;

    /** What is to be kept of it from now on, and what has come about. */
    Next next(@Nullable Duration interval, Instant now) {
        if (interval == null) {
            return new Next(id, level, null, null, null, null, null);
        }
        if (from == null || !level.equals(plannedFor)) {
            Instant begins = later(gradedAt, restartedAt);
            return next(begins, interval, false, null, null);
        }
        Instant begins = later(from, restartedAt);
        Instant dueAt = begins.plus(interval);
        if (!dueAt.isAfter(now)) {
            long missed = Duration.between(begins, now).dividedBy(interval);
            return next(begins.plus(interval.multipliedBy(missed)), interval, false, DeadlineOutcome.MISSED, dueAt);
        }
        return warnAt(begins, interval).isAfter(now)
                ? next(begins, interval, false, DeadlineOutcome.SETTLED, dueAt)
                : next(begins, interval, true, DeadlineOutcome.NEAR, dueAt);
    }

    private Next next(
            Instant begins,
            Duration interval,
            boolean warned,
            @Nullable DeadlineOutcome outcome,
            @Nullable Instant about) {
        Instant dueAt = begins.plus(interval);
        return new Next(id, level, begins, dueAt, warned ? dueAt : warnAt(begins, interval), outcome, about);
    }

    private static Instant warnAt(Instant begins, Duration interval) {
        return begins.plus(interval.multipliedBy(FIFTHS_TO_THE_WARNING).dividedBy(FIFTHS));
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || other.isBefore(one) ? one : other;
    }

    /**
     * @param from absent where no reports are due at this level, as the next two
     * @param nextAt when it is looked at again
     * @param outcome absent where it was only planned
     * @param about when the report that this is about was due
     */
    record Next(
            UUID id,
            String plannedFor,
            @Nullable Instant from,
            @Nullable Instant dueAt,
            @Nullable Instant nextAt,
            @Nullable DeadlineOutcome outcome,
            @Nullable Instant about) {}
}
