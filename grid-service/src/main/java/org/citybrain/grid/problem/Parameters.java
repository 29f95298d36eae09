package org.citybrain.grid.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Reads what callers wrote, or says what they should have written. Every method throws {@link RequestProblem}. */
public final class Parameters {

    public static final int DEFAULT_LIMIT = 100;
    public static final int LARGEST_LIMIT = 1000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Parameters() {}

    /** Degrees in any datum. */
    public static double longitude(@Nullable String value) {
        return degrees("longitude", value, 180);
    }

    /** Degrees in any datum. */
    public static double latitude(@Nullable String value) {
        return degrees("latitude", value, 90);
    }

    private static double degrees(String name, @Nullable String value, int largest) {
        String expected = "decimal degrees from -" + largest + " to " + largest;
        if (value == null || !value.matches("[+-]?[0-9]{1,3}([.][0-9]{1,30})?")) {
            throw new RequestProblem(ProblemReason.BAD_LOCATION, name, value, expected);
        }
        double degrees = Double.parseDouble(value);
        if (Math.abs(degrees) > largest) {
            throw new RequestProblem(ProblemReason.BAD_LOCATION, name, value, expected);
        }
        return degrees;
    }

    /** There is no default: taken for another datum, half of all points would be in the wrong grid. */
    public static Datum datum(@Nullable String value) {
        return Arrays.stream(Datum.values())
                .filter(datum -> datum.name().equals(value))
                .findFirst()
                .orElseThrow(() ->
                        new RequestProblem(ProblemReason.BAD_DATUM, "datum", value, "one of " + names(Datum.class)));
    }

    /** Absent means now. */
    public static Instant at(@Nullable String value, Instant now) {
        return value == null ? now : instant("at", value);
    }

    /** A moment that has no default. */
    public static Instant instant(String name, @Nullable String value) {
        try {
            Instant instant = value == null ? null : Instant.parse(value);
            if (instant != null && !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException notAnInstant) {
            // answered below, as one that is out of range
        }
        throw new RequestProblem(
                ProblemReason.BAD_INSTANT,
                name,
                value,
                "an ISO-8601 instant of the years 1 to 9999, such as 2026-07-01T08:30:00Z (in a URL, + must be percent-encoded)");
    }

    public static UnitCode unitCode(String name, String value) {
        return UnitCode.find(value)
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.BAD_UNIT_CODE,
                        name,
                        value,
                        "2, 6, 9, 12, 15 or 17 digits, each group after the city not all zeros"));
    }

    /** Absent means any tier. */
    public static @Nullable Tier tier(@Nullable String value, @Nullable UnitCode parent) {
        if (value == null) {
            return null;
        }
        Tier tier = Arrays.stream(Tier.values())
                .filter(t -> t.name().equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new RequestProblem(ProblemReason.BAD_TIER, "tier", value, "one of " + names(Tier.class)));
        if (parent != null && !parent.tier().isAbove(tier)) {
            throw new RequestProblem(
                    ProblemReason.BAD_TIER, "tier", value, "a tier below that of the parent, " + parent.tier());
        }
        return tier;
    }

    public static int limit(@Nullable String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (value.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        }
        throw new RequestProblem(ProblemReason.BAD_LIMIT, "limit", value, "a whole number from 1 to " + LARGEST_LIMIT);
    }

    /** The code of the last unit of the page before. */
    public static @Nullable UnitCode cursor(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return UnitCode.find(value)
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.BAD_CURSOR, "cursor", value, "the nextCursor of an earlier page, unchanged"));
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
