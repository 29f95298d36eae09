package org.citybrain.api.change;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the timeline of the whole city: after one thing that one line tells. In the order of (transaction, sequence) the versions
 * of an incident ascend; of one line the incident comes first, then its tasks by their ids.
 *
 * @param transaction an xid8: digits
 * @param sequence of the line
 * @param thing the task up to which the line is known; {@link #INCIDENT}: only its incident; {@link #WHOLE_LINE}: all of it
 * @param givenAt when it was given out, to the second
 */
public record ChangeCursor(String transaction, long sequence, UUID thing, Instant givenAt)
        implements Comparable<ChangeCursor> {

    static final UUID INCIDENT = new UUID(0, 0);
    static final UUID WHOLE_LINE = new UUID(-1, -1);

    private static final Comparator<ChangeCursor> IN_ORDER = Comparator.comparing(
                    (ChangeCursor cursor) -> Long.parseUnsignedLong(cursor.transaction()), Long::compareUnsigned)
            .thenComparingLong(ChangeCursor::sequence)
            .thenComparing(cursor -> cursor.thing().toString());

    private static final String NO_THING = "0";
    private static final String ALL_THINGS = "f";
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,19})\\.([0-9]{1,18})\\.(0|f|[0-9a-f-]{36})\\.([0-9]{1,10})");

    /** After all that a line tells. */
    public static ChangeCursor afterLine(String transaction, long sequence, Instant givenAt) {
        return new ChangeCursor(transaction, sequence, WHOLE_LINE, givenAt);
    }

    /** After what a line tells of its incident, before its tasks. */
    public static ChangeCursor afterIncident(String transaction, long sequence, Instant givenAt) {
        return new ChangeCursor(transaction, sequence, INCIDENT, givenAt);
    }

    /** After what a line tells of one of its tasks. */
    public static ChangeCursor afterTask(String transaction, long sequence, UUID task, Instant givenAt) {
        return new ChangeCursor(transaction, sequence, task, givenAt);
    }

    /** @throws IllegalArgumentException if no such cursor was ever given out */
    static ChangeCursor parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("four parts");
        }
        try {
            return new ChangeCursor(
                    parts.group(1),
                    Long.parseLong(parts.group(2)),
                    thing(parts.group(3)),
                    Instant.ofEpochSecond(Long.parseLong(parts.group(4))));
        } catch (DateTimeException never) {
            throw new IllegalArgumentException(never);
        }
    }

    /** By their places alone, as PostgreSQL orders them. */
    @Override
    public int compareTo(ChangeCursor other) {
        return IN_ORDER.compare(this, other);
    }

    /** Whether it was given out longer ago than this. */
    public boolean isOlderThan(Duration age, Instant now) {
        return givenAt.isBefore(now.minus(age));
    }

    /** The first four parts of what callers carry ({@link GivenCursor}). */
    @Override
    public String toString() {
        return transaction + "." + sequence + "." + name(thing) + "." + givenAt.getEpochSecond();
    }

    private static UUID thing(String text) {
        return switch (text) {
            case NO_THING -> INCIDENT;
            case ALL_THINGS -> WHOLE_LINE;
            default -> UUID.fromString(text);
        };
    }

    private static String name(UUID thing) {
        if (thing.equals(INCIDENT)) {
            return NO_THING;
        }
        return thing.equals(WHOLE_LINE) ? ALL_THINGS : thing.toString();
    }
}
