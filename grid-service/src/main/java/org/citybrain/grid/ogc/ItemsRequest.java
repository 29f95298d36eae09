package org.citybrain.grid.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;

/**
 * Which features of a collection are asked for.
 *
 * @param asked the moment of the first page
 * @param span when they hold
 * @param boxes that they touch, at least one of them; empty: anywhere
 * @param filters the values that properties have
 * @param cursor where the page begins; null: with the first
 */
record ItemsRequest(
        MapCollection collection,
        int limit,
        Instant asked,
        Span span,
        List<Box> boxes,
        Map<String, String> filters,
        @Nullable PageCursor cursor) {

    static final int DEFAULT_LIMIT = 100;
    static final int LARGEST_LIMIT = 10_000;

    private static final Set<String> PARAMETERS = Set.of("limit", "bbox", "datetime", "cursor");
    private static final int LONGEST_VALUE = 200;

    /** @throws RequestProblem if a parameter is unknown or wrong */
    static ItemsRequest read(MapCollection collection, HttpServletRequest request, Instant now) {
        Set<String> known = new HashSet<>(PARAMETERS);
        known.addAll(collection.filters());
        KnownParameters.check(request, known);
        String cursorText = request.getParameter("cursor");
        PageCursor cursor = cursorText == null ? null : PageCursor.read(cursorText);
        Instant asked = cursor == null ? now.truncatedTo(ChronoUnit.MILLIS) : cursor.asked();
        String datetime = request.getParameter("datetime");
        String bbox = request.getParameter("bbox");
        return new ItemsRequest(
                collection,
                limit(request.getParameter("limit")),
                asked,
                datetime == null ? Span.at(asked) : Span.read(datetime),
                bbox == null ? List.of() : Box.read(bbox),
                filters(collection, request),
                cursor);
    }

    /** A larger one than there is counts as the largest, as the standard wants it. */
    private static int limit(@Nullable String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (value.matches("0*[1-9][0-9]{0,17}")) {
            return (int) Math.min(LARGEST_LIMIT, Long.parseLong(value));
        }
        throw new RequestProblem(
                ProblemReason.BAD_LIMIT,
                "limit",
                value,
                "a whole number from 1 on; more than " + LARGEST_LIMIT + " count as that");
    }

    private static Map<String, String> filters(MapCollection collection, HttpServletRequest request) {
        Map<String, String> filters = new TreeMap<>();
        for (Property property : collection.properties()) {
            String value = property.filters() ? request.getParameter(property.name()) : null;
            if (value == null) {
                continue;
            }
            boolean possible = property.values().isEmpty()
                    ? value.length() <= LONGEST_VALUE && value.indexOf('\0') < 0
                    : property.values().contains(value);
            if (!possible) {
                throw new RequestProblem(
                        ProblemReason.BAD_PARAMETER,
                        property.name(),
                        value,
                        property.values().isEmpty()
                                ? "at most " + LONGEST_VALUE + " characters"
                                : "one of " + String.join(", ", property.values()));
            }
            filters.put(property.name(), value);
        }
        return filters;
    }

    /** After which id the page begins. */
    String after() {
        return cursor == null ? "" : Objects.requireNonNull(cursor).after();
    }
}
