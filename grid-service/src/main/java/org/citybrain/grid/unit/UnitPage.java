package org.citybrain.grid.unit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of units in the order of their codes. */
record UnitPage(
        List<Unit> items,

        @Schema(
                nullable = true,
                description = "Passed as `cursor`, gives the next page; null on the last.",
                example = "500103001003005")
        @Nullable
        String nextCursor) {

    static final UnitPage EMPTY = new UnitPage(List.of(), null);

    /** @param found one more than the limit where there is a next page */
    static UnitPage of(List<Unit> found, int limit) {
        if (found.size() <= limit) {
            return new UnitPage(found, null);
        }
        List<Unit> items = found.subList(0, limit);
        return new UnitPage(items, items.getLast().code().digits());
    }
}
