package org.citybrain.local.simulate.month;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody will do something at a moment, if it can still be done then.
 *
 * @param task absent where it is done to the incident itself, or to a check-in
 * @param summons the check-in that it is done to; else absent
 * @param attempts how often it was tried before
 */
record Intention(
        Instant at,
        UUID incident,
        Deed deed,
        @Nullable GivenTask task,
        @Nullable Summons summons,
        int attempts) {

    static Intention on(UUID incident, Deed deed, Instant at) {
        return new Intention(at, incident, deed, null, null, 0);
    }

    static Intention on(UUID incident, GivenTask task, Deed deed, Instant at) {
        return new Intention(at, incident, deed, task, null, 0);
    }

    static Intention on(UUID incident, Summons summons, Deed deed, Instant at) {
        return new Intention(at, incident, deed, null, summons, 0);
    }

    Intention again(Instant later) {
        return new Intention(later, incident, deed, task, summons, attempts + 1);
    }
}
