package org.citybrain.dispatch.command.incident;

import static org.citybrain.dispatch.command.OrderFields.distinct;

import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/** @param reports some of the incident's reports, not all */
record Split(@Nullable String reason, @Nullable List<@Nullable UUID> reports) implements Order {

    private static final int MOST = 500;

    @Override
    public void check() {
        OrderFields.reason(reason);
        if (taken().isEmpty()) {
            throw CommandRefused.badBody("reports", "empty", "1 to " + MOST + " ids of its reports");
        }
    }

    List<UUID> taken() {
        return distinct("reports", reports, MOST, id -> true, "1 to " + MOST + " ids of its reports");
    }
}
