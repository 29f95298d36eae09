package org.citybrain.intake.admit;

import static org.citybrain.messages.RejectionReason.IMPOSSIBLE_VALUE;
import static org.citybrain.messages.RejectionReason.MALFORMED;
import static org.citybrain.messages.RejectionReason.MISSING_VALUE;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The values under a parser, one by one, checked for what they can be by themselves. A value that is wrong reads as absent
 * and is remembered if it was the first; so is JSON's {@code null} read as absent, which is not wrong.
 */
final class JsonValues {

    private final JsonParser json;
    private @Nullable Rejection first;

    JsonValues(JsonParser json) {
        this.json = json;
    }

    /** The first thing that was wrong. */
    @Nullable
    Rejection rejection() {
        return first;
    }

    void reject(RejectionReason reason, @Nullable Object value, String expected) {
        rejectAt(pointer(), reason, value, expected);
    }

    /** Remembers that a field is absent from the object that has just ended. */
    void missing(String field, String expected) {
        missing(MISSING_VALUE, field, expected);
    }

    void missing(RejectionReason reason, String field, String expected) {
        rejectAt(pointer() + "/" + field, reason, null, expected);
    }

    /** Steps into an object. False, with the value left behind, if there is none. */
    boolean startsObject(String expected) {
        return starts(JsonToken.START_OBJECT, expected);
    }

    /** Steps into an array. False, with the value left behind, if there is none. */
    boolean startsArray(String expected) {
        return starts(JsonToken.START_ARRAY, expected);
    }

    /** The name of the object's next field, its value under the parser; null at the object's end. */
    @Nullable
    String nextField() {
        String name = json.nextName();
        if (name != null) {
            json.nextToken();
        }
        return name;
    }

    /** Whether the array has one more element, now under the parser. */
    boolean nextElement() {
        return json.nextToken() != JsonToken.END_ARRAY;
    }

    /**
     * Notes that a field was given.
     *
     * @param seen one bit for each field of the object
     * @return {@code seen} with this field's bit
     */
    int once(int seen, int field) {
        int bit = 1 << field;
        if ((seen & bit) != 0) {
            reject(MALFORMED, "given twice", "each field once");
        }
        return seen | bit;
    }

    /** Leaves the value behind. */
    void skip() {
        json.skipChildren();
    }

    /** The string under the parser, whatever it holds; null if it is no string. */
    @Nullable
    String anyString() {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
    }

    @Nullable
    String string(int mostCharacters, String expected) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            malformed(expected);
            return null;
        }
        String text = json.getString();
        if (text.length() > mostCharacters) {
            reject(IMPOSSIBLE_VALUE, quoted(text), expected + " of at most " + mostCharacters + " characters");
            return null;
        }
        if (!isStorable(text)) {
            reject(IMPOSSIBLE_VALUE, quoted(text), expected + " without NUL and without halves of characters");
            return null;
        }
        return text;
    }

    /** A string that names something: neither blank nor with control characters. */
    @Nullable
    String name(int mostCharacters, String expected) {
        String text = string(mostCharacters, expected);
        if (text != null && (text.isBlank() || text.chars().anyMatch(Character::isISOControl))) {
            reject(IMPOSSIBLE_VALUE, quoted(text), expected + ", neither blank nor with control characters");
            return null;
        }
        return text;
    }

    @Nullable
    UUID uuid() {
        String expected = "a UUID such as 0197c1f6-0b7c-7d3e-8a51-3f0e6f1c2a4d";
        String text = string(200, expected);
        if (text == null) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException notAUuid) {
            // rejected below
        }
        reject(IMPOSSIBLE_VALUE, quoted(text), expected);
        return null;
    }

    @Nullable
    Instant instant() {
        String expected = "an ISO-8601 time with its offset, such as 2026-07-01T08:30:00Z";
        String text = string(200, expected);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notATime) {
            reject(IMPOSSIBLE_VALUE, quoted(text), expected);
            return null;
        }
    }

    <E extends Enum<E>> @Nullable E constant(Class<E> type, RejectionReason reason, String expected) {
        String text = string(200, expected);
        if (text == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        reject(reason, quoted(text), expected);
        return null;
    }

    /** A whole number from 0 up. */
    @Nullable
    Long count(long most) {
        String expected = "a whole number from 0 to " + most;
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!isNumber()) {
            malformed(expected);
            return null;
        }
        double number = json.getDoubleValue();
        if (!(number >= 0 && number <= most && number == Math.rint(number))) {
            reject(IMPOSSIBLE_VALUE, json.getString(), expected);
            return null;
        }
        return (long) number;
    }

    @Nullable
    Double number(double least, double most, String expected) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!isNumber()) {
            malformed(expected);
            return null;
        }
        double number = json.getDoubleValue();
        if (!(number >= least && number <= most)) {
            reject(IMPOSSIBLE_VALUE, json.getString(), expected);
            return null;
        }
        return number;
    }

    boolean isNumber() {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
    }

    boolean isArray() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    /** Rejects the value as of the wrong JSON type and leaves it behind. */
    void malformed(String expected) {
        reject(MALFORMED, shownToken(), expected);
        json.skipChildren();
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    private boolean starts(JsonToken start, String expected) {
        if (json.currentToken() == start) {
            return true;
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            malformed(expected);
        }
        return false;
    }

    private void rejectAt(String pointer, RejectionReason reason, @Nullable Object value, String expected) {
        if (first == null) {
            first = Rejection.of(reason, pointer, value, expected);
        }
    }

    private String pointer() {
        return json.streamReadContext().pathAsPointer().toString();
    }

    private String shownToken() {
        return switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> quoted(json.getString());
            case null -> "nothing";
            default -> json.getString();
        };
    }

    /** PostgreSQL stores no NUL, and UTF-8 has no half of a surrogate pair. */
    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
