package org.citybrain.api.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor what to send as {@code cursor} for the page after this one; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of rows that were read one beyond the limit.
     *
     * @param key what tells where a row stands in the order of the list
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<? super T, String> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, Cursor.of(key.apply(items.getLast())));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> function) {
        return new Page<R>(items.stream().<R>map(function).toList(), nextCursor);
    }
}
