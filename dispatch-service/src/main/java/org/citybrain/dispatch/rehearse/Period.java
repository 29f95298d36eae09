package org.citybrain.dispatch.rehearse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that a rehearsal looks at, by when they were opened.
 *
 * @param from inclusive; absent: from the first one on
 * @param to exclusive
 * @param open whether nobody has set an end: until now
 */
record Period(@Nullable Instant from, Instant to, boolean open) {

    Period(@Nullable Instant from, Instant to) {
        this(from, to, false);
    }

    boolean isAllOfHistory() {
        return from == null && open;
    }
}
