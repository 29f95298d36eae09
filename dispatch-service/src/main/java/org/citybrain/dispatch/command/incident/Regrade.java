package org.citybrain.dispatch.command.incident;

import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * @param level for emergencies
 * @param scope for everyday matters
 */
record Regrade(
        @Nullable String reason,
        @Nullable Level level,
        @Nullable HandlingScope scope) implements Order {

    @Override
    public void check() {
        OrderFields.reason(reason);
        if ((level == null) == (scope == null)) {
            throw CommandRefused.badBody(
                    "level",
                    level == null ? "missing" : level + " beside the scope " + scope,
                    "either a level (I, II, III, IV) or, for everyday matters, a scope (R1, R2, R3)");
        }
    }
}
