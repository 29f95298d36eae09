package org.citybrain.api.checkin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of an incident when it is over.
 *
 * @param round which end of the incident it is about: 1, and one more each time that it was reopened
 * @param solved false reopens it
 * @param satisfaction 1 (not at all) to 5 (very)
 * @param givenBy the account
 * @param givenAs {@code REPORTER} of the incident, {@code WORKER} of one of its grids, or an operator for a {@code CITIZEN}
 */
public record Feedback(
        int round,
        boolean solved,
        @Nullable Integer satisfaction,
        String text,
        String givenBy,
        GivenAs givenAs,
        Instant givenAt) {

    /** For whom it is given. */
    public enum GivenAs {
        REPORTER,
        WORKER,
        CITIZEN
    }
}
