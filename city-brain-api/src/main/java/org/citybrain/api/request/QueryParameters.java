package org.citybrain.api.request;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citybrain.api.problem.Problem;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of one request, read strictly: each has a type, a parameter that has one value is given once, and a
 * name that nothing has asked for is refused. Every method throws a 400 problem that names the value and what was expected.
 */
public final class QueryParameters {

    /** How an id is written. */
    public static final String UUID_EXPECTED = "a UUID such as 01981c9a-0c80-7c3e-8f00-5d1e6f3a9b21";

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final int DEFAULT_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 200;

    private final Map<String, List<String>> given;
    private final Set<String> known = new TreeSet<>();

    QueryParameters(Map<String, String[]> given) {
        this.given = new LinkedHashMap<>();
        given.forEach((name, values) -> this.given.put(name, List.of(values)));
    }

    /** The values of a parameter that may be repeated, or hold several separated by commas. Empty where it is absent. */
    public <T> Set<T> set(String name, Function<String, T> parse, String expected) {
        known.add(name);
        return given.getOrDefault(name, List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(text -> parsed(name, text.strip(), parse, expected))
                .collect(Collectors.toUnmodifiableSet());
    }

    public <E extends Enum<E>> Set<E> enums(String name, Class<E> type) {
        return set(name, text -> Enum.valueOf(type, text), "one of " + constants(type));
    }

    public <T> @Nullable T value(String name, Function<String, T> parse, String expected) {
        known.add(name);
        List<String> texts = given.getOrDefault(name, List.of());
        if (texts.size() > 1) {
            throw Problem.badParameter(name, String.join(" and ", texts), "one value");
        }
        return texts.isEmpty() ? null : parsed(name, texts.getFirst(), parse, expected);
    }

    /** A point in time between 1970 and 9999, ISO 8601 with an offset. */
    public @Nullable Instant instant(String name) {
        return value(name, QueryParameters::parseInstant, "a time such as 2026-07-01T08:30:00Z, from 1970 to 9999");
    }

    public @Nullable UUID uuid(String name) {
        return value(name, QueryParameters::parseUuid, UUID_EXPECTED);
    }

    /** A unit's code; the form {@code 500000} of the city is taken, too. */
    public @Nullable UnitCode unit(String name) {
        return value(name, UnitCode::new, "a unit code of 2, 6, 9, 12, 15 or 17 digits");
    }

    public @Nullable Box box(String name) {
        return value(
                name,
                Box::parse,
                "minLon,minLat,maxLon,maxLat in degrees (WGS-84), the smaller first: 106.4,29.5,106.6,29.6");
    }

    /** How many items a page has at most: 1 to 200, 50 where absent. */
    public int limit() {
        Integer limit = value("limit", QueryParameters::parseLimit, "a number from 1 to " + HIGHEST_LIMIT);
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    /** Where the page before ended, read back as the key that the list had made its cursor of. */
    public <T> @Nullable T cursor(Function<String, T> parse) {
        return value(
                "cursor", text -> parse.apply(Cursor.key(text)), "the nextCursor of an earlier page of the same list");
    }

    /**
     * A UUID in full: {@link UUID#fromString} alone would also take {@code 1-2-3-4-5}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static UUID parseUuid(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(UUID_EXPECTED);
        }
        return UUID.fromString(text);
    }

    /** The names of an enum's constants, as problems and descriptions list them. */
    public static <E extends Enum<E>> String constants(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** To be called last: what was given but not asked for by now has no meaning here. */
    public void refuseUnknown() {
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Problem.unknownParameter(
                        name,
                        String.join(",", values),
                        known.isEmpty() ? "none" : "one of " + String.join(", ", known));
            }
        });
    }

    private static <T> T parsed(String name, String text, Function<String, T> parse, String expected) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException notSuch) {
            throw Problem.badParameter(name, text, expected);
        }
    }

    private static Instant parseInstant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException("from 1970 to 9999");
        }
        return instant;
    }

    private static int parseLimit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IllegalArgumentException("1 to " + HIGHEST_LIMIT);
        }
        return limit;
    }
}
