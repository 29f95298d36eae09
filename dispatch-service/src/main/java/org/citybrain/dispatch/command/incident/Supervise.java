package org.citybrain.dispatch.command.incident;

import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** @param unit that is chased; absent: the one in command */
record Supervise(@Nullable String reason, @Nullable String unit) implements Order {

    @Override
    public void check() {
        OrderFields.reason(reason);
        if (unit != null && UnitCode.find(unit).isEmpty()) {
            throw CommandRefused.badBody("unit", "no unit's code", "the code of a unit that is at work on it");
        }
    }
}
