package org.citybrain.intake.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registered sources in the order of their ids.
 *
 * @param nextCursor what to ask for as {@code cursor} to get more; absent at the end
 */
record SourceList(List<SourceAnswer> items, @Nullable String nextCursor) {

    SourceList {
        items = List.copyOf(items);
    }
}
