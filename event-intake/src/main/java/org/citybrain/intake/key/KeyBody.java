package org.citybrain.intake.key;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.citybrain.intake.admit.Rejection;
import org.citybrain.intake.problem.RequestRefused;
import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * How a new key is asked for.
 *
 * @param overlap how long older keys of the source go on being good, ISO-8601 up to 30 days: {@code PT1H}; {@code PT0S} ends
 *     them at once; where it is absent they stay as they are
 */
record KeyBody(@Nullable String overlap) {

    private static final Duration LONGEST = Duration.ofDays(30);

    @Nullable
    Duration readOverlap() {
        if (overlap == null) {
            return null;
        }
        try {
            Duration read = Duration.parse(overlap);
            if (!read.isNegative() && read.compareTo(LONGEST) <= 0) {
                return read;
            }
        } catch (DateTimeParseException | ArithmeticException notADuration) {
            // refused below
        }
        throw new RequestRefused(Rejection.of(
                RejectionReason.IMPOSSIBLE_VALUE,
                "/overlap",
                overlap,
                "an ISO-8601 duration from PT0S to P30D, such as PT1H"));
    }
}
