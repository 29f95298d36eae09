package org.citybrain.dispatch.checkin;

import java.util.Objects;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.citybrain.messages.EffectivenessRating;
import org.jspecify.annotations.Nullable;

/** Whoever whistled says how a department served. */
record Rate(@Nullable String reason, @Nullable EffectivenessRating rating) implements Order {

    @Override
    public void check() {
        OrderFields.reason(reason);
        if (rating == null) {
            throw CommandRefused.badBody("rating", "missing", "EFFECTIVE or INEFFECTIVE");
        }
    }

    EffectivenessRating given() {
        return Objects.requireNonNull(rating);
    }
}
