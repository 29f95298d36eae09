package org.citybrain.api.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since a cursor was given out.
 *
 * @param items in the order in which it happened; each thing in the last state that it has
 * @param nextCursor what to send as {@code since} the next time; also where nothing has changed
 * @param hasMore there is more by now: ask again at once
 * @param moreTasks only at the start, where a person has more open tasks than fit: the {@code cursor} with which {@code GET
 *     /v1/tasks?mine=true} goes on
 */
record Changes(
        List<Change> items,
        String nextCursor,
        boolean hasMore,
        @Nullable String moreTasks) {

    Changes {
        items = List.copyOf(items);
    }
}
