package org.citybrain.dispatch.checkin;

import java.util.List;
import java.util.regex.Pattern;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * A department says what it did.
 *
 * @param evidence SHA-256 of what was uploaded
 */
record Serve(@Nullable String text, @Nullable List<@Nullable String> evidence) implements Order {

    private static final int MOST_EVIDENCE = 20;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    @Override
    public @Nullable String reason() {
        return text;
    }

    @Override
    public void check() {
        OrderFields.text("text", text, "what was done, 1 to " + OrderFields.MOST_CHARACTERS + " characters");
        shown();
    }

    List<String> shown() {
        return evidence == null
                ? List.of()
                : OrderFields.distinct(
                        "evidence",
                        evidence,
                        MOST_EVIDENCE,
                        hash -> SHA_256.matcher(hash).matches(),
                        "at most " + MOST_EVIDENCE + " SHA-256 of what was uploaded, 64 hexadecimal digits each");
    }
}
