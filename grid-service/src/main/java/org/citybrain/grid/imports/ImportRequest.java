package org.citybrain.grid.imports;

import java.time.Instant;
import java.util.List;
import org.citybrain.messages.Datum;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be taken.
 *
 * @param effectiveFrom from when its map holds; later than that of any version so far
 * @param datum that its positions are in
 * @param attributes the file's names of them
 * @param dryRun only says what would be done
 * @param repair geometries that are no areas are made such, and reported
 * @param replaces units below these that the file does not name end
 * @param note kept with the map version; null: one that tells the number of units
 */
record ImportRequest(
        Instant effectiveFrom,
        Datum datum,
        AttributeNames attributes,
        boolean dryRun,
        boolean repair,
        List<String> replaces,
        @Nullable String note) {

    ImportRequest {
        replaces = List.copyOf(replaces);
    }
}
