package org.citybrain.dispatch.checkin;

import java.util.Objects;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of an incident when it is over.
 *
 * @param solved false reopens it
 * @param satisfaction 1 to 5
 * @param onBehalfOf whose words an operator passes on; absent: the person's own
 */
record Feedback(
        @Nullable Boolean solved,
        @Nullable Integer satisfaction,
        @Nullable String text,
        @Nullable Principal onBehalfOf) implements Order {

    private static final int MOST_SATISFACTION = 5;

    @Override
    public @Nullable String reason() {
        return text;
    }

    @Override
    public void check() {
        OrderFields.text("text", text, "what you have to say, 1 to " + OrderFields.MOST_CHARACTERS + " characters");
        if (solved == null) {
            throw CommandRefused.badBody("solved", "missing", "true, or false to have it go on");
        }
        if (satisfaction != null && (satisfaction < 1 || satisfaction > MOST_SATISFACTION)) {
            throw CommandRefused.badBody(
                    "satisfaction", satisfaction.toString(), "1 (not at all) to " + MOST_SATISFACTION + " (very)");
        }
    }

    boolean isSolved() {
        return Objects.requireNonNull(solved);
    }

    /** Whose words somebody passes on. */
    enum Principal {
        CITIZEN
    }
}
