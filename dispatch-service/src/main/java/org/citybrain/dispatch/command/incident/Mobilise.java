package org.citybrain.dispatch.command.incident;

import java.util.List;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * @param units codes of units below the one in command
 * @param departments codes of departments that serve it or a unit below it
 */
record Mobilise(
        @Nullable String reason,
        @Nullable List<@Nullable String> units,
        @Nullable List<@Nullable String> departments) implements Order {

    @Override
    public void check() {
        OrderFields.reason(reason);
        called().requireSome();
    }

    Called called() {
        return new Called(units, departments);
    }
}
