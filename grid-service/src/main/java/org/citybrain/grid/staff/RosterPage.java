package org.citybrain.grid.staff;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is ordered by its key.
 *
 * @param nextCursor gives the next page; null on the last
 */
record RosterPage<T>(
        List<T> items, @Schema(nullable = true) @Nullable String nextCursor) {

    RosterPage {
        items = List.copyOf(items);
    }

    /** @param found one more than the limit where there is a next page */
    static <T> RosterPage<T> of(List<T> found, int limit, Function<T, String> key) {
        return found.size() <= limit
                ? new RosterPage<>(found, null)
                : new RosterPage<>(found.subList(0, limit), key.apply(found.get(limit - 1)));
    }
}
