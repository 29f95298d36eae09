package org.citybrain.dispatch.command;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a body. What cannot be is refused, with the field's name and what was expected. */
public final class OrderFields {

    /** How long what a person writes may be. */
    public static final int MOST_CHARACTERS = 1_000;

    private OrderFields() {}

    /** The reason, where a command must have one. */
    public static String reason(@Nullable String reason) {
        return text("reason", reason, "why this is decided, 1 to " + MOST_CHARACTERS + " characters");
    }

    /** A text that must be there. */
    public static String text(String field, @Nullable String text, String expected) {
        if (text == null || text.isBlank() || !isStorable(text, MOST_CHARACTERS)) {
            throw CommandRefused.badBody(
                    field,
                    text == null ? "missing" : text.isBlank() ? "blank" : text.length() + " characters long",
                    expected);
        }
        return text;
    }

    /** A text that may be missing. */
    public static @Nullable String optionalText(String field, @Nullable String text) {
        return text == null ? null : text(field, text, "1 to " + MOST_CHARACTERS + " characters, or nothing");
    }

    /** Whether PostgreSQL keeps it as it is. */
    public static boolean isStorable(String text, int most) {
        return text.length() <= most && text.indexOf('\0') < 0;
    }

    /** A list that must be there, without nulls and without the same twice. */
    public static <T> List<T> distinct(
            String field, @Nullable List<@Nullable T> values, int most, Predicate<T> isGood, String expected) {
        if (values == null || values.size() > most) {
            throw CommandRefused.badBody(field, values == null ? "missing" : values.size() + " items long", expected);
        }
        for (T value : values) {
            if (value == null || !isGood.test(value)) {
                throw CommandRefused.badBody(field, "a list with a value that cannot be", expected);
            }
        }
        List<T> distinct = values.stream().map(Objects::requireNonNull).toList();
        if (new HashSet<>(distinct).size() < distinct.size()) {
            throw CommandRefused.badBody(field, "a list that names one twice", expected);
        }
        return distinct;
    }
}
