package org.citybrain.dispatch.command.incident;

import java.util.Objects;
import java.util.UUID;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/** @param into the incident that goes on */
record Merge(@Nullable String reason, @Nullable UUID into) implements Order {

    @Override
    public void check() {
        OrderFields.reason(reason);
        if (into == null) {
            throw CommandRefused.badBody("into", "missing", "the id of the incident that goes on");
        }
    }

    UUID survivor() {
        return Objects.requireNonNull(into);
    }
}
