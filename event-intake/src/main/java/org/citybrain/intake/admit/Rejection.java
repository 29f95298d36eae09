package org.citybrain.intake.admit;

import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a report, so that its sender can mend it. All texts are shortened, and fit to be shown and stored.
 *
 * @param pointer where, as a JSON pointer into the report; empty for the report as a whole
 * @param value the offending value; absent where there is none
 * @param expected what would have been right
 */
public record Rejection(
        RejectionReason reason, String pointer, @Nullable String value, String expected) {

    /** A rejection of raw texts from outside: they are shortened, and what cannot be printed is escaped. */
    public static Rejection of(RejectionReason reason, String pointer, @Nullable Object value, String expected) {
        String shown = value == null ? null : Excerpt.of(value.toString());
        return new Rejection(reason, Excerpt.of(pointer), shown, expected);
    }

    /** The offending value and what was expected, in one sentence. */
    public String detail() {
        String where = pointer.isEmpty() ? "the report" : pointer;
        return where + (value == null ? " is missing" : " is " + value) + ": expected " + expected;
    }
}
