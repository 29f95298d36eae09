package org.citybrain.dispatch.command.incident;

import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/** @param force also where others are still at work: then it needs a reason */
record Resolve(@Nullable String reason, @Nullable Boolean force) implements Order {

    @Override
    public void check() {
        if (isForced()) {
            OrderFields.reason(reason);
        } else {
            OrderFields.optionalText("reason", reason);
        }
    }

    boolean isForced() {
        return force != null && force;
    }
}
