package org.citybrain.dispatch.command.incident;

import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/** Something that others should know: a note, or what is reported to the unit above. */
record Note(@Nullable String reason, @Nullable String text) implements Order {

    @Override
    public void check() {
        OrderFields.optionalText("reason", reason);
        told();
    }

    String told() {
        return OrderFields.text(
                "text", text, "what is to be told, 1 to " + OrderFields.MOST_CHARACTERS + " characters");
    }
}
