package org.citybrain.api.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param failure what went wrong, in a few words and without anything that the target said; null where it went well
 * @param gone the target wants no more (410)
 */
record Outcome(@Nullable String failure, boolean gone) {

    private static final int GONE = 410;

    static Outcome answered(int status) {
        return status / 100 == 2 ? new Outcome(null, false) : new Outcome("answered " + status, status == GONE);
    }

    static Outcome failed(String failure) {
        return new Outcome(failure, false);
    }

    boolean isDelivered() {
        return failure == null;
    }
}
