package org.citybrain.api.change;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citybrain.access.Person;

/**
 * A cursor as callers carry it, and the id of an event of the live stream: a place, and whose reach it was given for. Who reaches
 * something else by now holds nothing of what lies before the place, and too much of what they held: they begin anew.
 *
 * @param reach a short hash of the unit and the department; it keeps no secret
 */
public record GivenCursor(ChangeCursor place, String reach) {

    private static final Pattern TEXT = Pattern.compile("(.{1,100})\\.([0-9a-f]{8})");
    private static final int DIGITS = 8;

    static GivenCursor of(ChangeCursor place, Person person) {
        return new GivenCursor(place, reachOf(person));
    }

    public static String reachOf(Person person) {
        String reach = Objects.toString(person.unit(), "") + "\n" + Objects.toString(person.department(), "");
        return UUID.nameUUIDFromBytes(reach.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, DIGITS);
    }

    /** @throws IllegalArgumentException if no such cursor was ever given out */
    public static GivenCursor parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a place and a reach");
        }
        return new GivenCursor(ChangeCursor.parse(parts.group(1)), parts.group(2));
    }

    /** Whether the person still has the reach that it was given for. */
    public boolean isFor(Person person) {
        return reach.equals(reachOf(person));
    }

    @Override
    public String toString() {
        return place + "." + reach;
    }
}
