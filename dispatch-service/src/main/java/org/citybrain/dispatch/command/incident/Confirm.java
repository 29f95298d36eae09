package org.citybrain.dispatch.command.incident;

import static org.citybrain.dispatch.command.OrderFields.distinct;
import static org.citybrain.dispatch.command.OrderFields.isStorable;

import java.util.List;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/** @param missedBy registered sources that should have reported it and did not */
record Confirm(@Nullable String reason, @Nullable List<@Nullable String> missedBy) implements Order {

    private static final int MOST_MISSED = 50;
    private static final int MOST_SOURCE_CHARACTERS = 128;

    @Override
    public void check() {
        OrderFields.reason(reason);
        missed();
    }

    List<String> missed() {
        return missedBy == null
                ? List.of()
                : distinct(
                        "missedBy",
                        missedBy,
                        MOST_MISSED,
                        id -> !id.isBlank() && isStorable(id, MOST_SOURCE_CHARACTERS),
                        "at most " + MOST_MISSED + " ids of registered sources");
    }
}
