package org.citybrain.dispatch.command.incident;

import java.util.List;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * @param what is needed
 * @param units from which it should come, where the one that asks knows
 * @param departments from which it should come, where the one that asks knows
 */
record RequestSupport(
        @Nullable String reason,
        @Nullable String what,
        @Nullable List<@Nullable String> units,
        @Nullable List<@Nullable String> departments)
        implements Order {

    @Override
    public void check() {
        OrderFields.optionalText("reason", reason);
        needed();
        called().check();
    }

    String needed() {
        return OrderFields.text("what", what, "what is needed, 1 to " + OrderFields.MOST_CHARACTERS + " characters");
    }

    Called called() {
        return new Called(units, departments);
    }
}
