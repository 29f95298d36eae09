package org.citybrain.dispatch.checkin;

import java.util.List;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * Summons departments to an incident.
 *
 * @param departments their codes
 * @param checkInWithinMinutes more time than the policy gives; absent: what it gives
 */
record Whistle(
        @Nullable String reason,
        @Nullable List<@Nullable String> departments,
        @Nullable Integer checkInWithinMinutes) implements Order {

    static final int MOST_MINUTES = 7 * 24 * 60;
    private static final int MOST_DEPARTMENTS = 20;
    private static final int MOST_CODE_CHARACTERS = 64;
    private static final String EXPECTED = "1 to " + MOST_DEPARTMENTS + " codes of departments";

    @Override
    public void check() {
        OrderFields.reason(reason);
        if (summoned().isEmpty()) {
            throw CommandRefused.badBody("departments", "empty", EXPECTED);
        }
        if (checkInWithinMinutes != null && (checkInWithinMinutes < 1 || checkInWithinMinutes > MOST_MINUTES)) {
            throw CommandRefused.badBody(
                    "checkInWithinMinutes", checkInWithinMinutes.toString(), "1 to " + MOST_MINUTES + " minutes");
        }
    }

    List<String> summoned() {
        return OrderFields.distinct(
                "departments",
                departments,
                MOST_DEPARTMENTS,
                code -> !code.isBlank() && OrderFields.isStorable(code, MOST_CODE_CHARACTERS),
                EXPECTED);
    }
}
