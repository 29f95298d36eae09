package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * @param request as the line {@code SUPPORT_REQUESTED} of the timeline names it
 * @param units that are given a task
 * @param departments that are given a task
 */
record GrantSupport(
        @Nullable String reason,
        @Nullable UUID request,
        @Nullable List<@Nullable String> units,
        @Nullable List<@Nullable String> departments)
        implements Order {

    @Override
    public void check() {
        OrderFields.optionalText("reason", reason);
        if (request == null) {
            throw CommandRefused.badBody(
                    "request", "missing", "the request that the line SUPPORT_REQUESTED of the timeline names");
        }
        called().requireSome();
    }

    UUID granted() {
        return Objects.requireNonNull(request);
    }

    Called called() {
        return new Called(units, departments);
    }
}
