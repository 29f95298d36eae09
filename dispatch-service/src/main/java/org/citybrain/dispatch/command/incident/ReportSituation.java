package org.citybrain.dispatch.command.incident;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.citybrain.messages.Report;
import org.jspecify.annotations.Nullable;

/**
 * How it stands (续报). Its figures are told, not graded by: what is to be graded is reported as a report.
 *
 * @param peopleAffected now
 * @param casualties so far
 * @param next when the next one is to be expected
 */
record ReportSituation(
        @Nullable String reason,
        @Nullable String text,
        @Nullable Long peopleAffected,
        Report.@Nullable Casualties casualties,
        @Nullable Instant next)
        implements Order {

    @Override
    public void check() {
        OrderFields.optionalText("reason", reason);
        OrderFields.text("text", text, "how it stands, 1 to " + OrderFields.MOST_CHARACTERS + " characters");
        checkCount("peopleAffected", peopleAffected);
        if (casualties != null) {
            checkCount("casualties", casualties.deaths());
            checkCount("casualties", casualties.seriousInjuries());
        }
    }

    Map<String, ?> detail() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("text", String.valueOf(text));
        if (peopleAffected != null) {
            detail.put("peopleAffected", peopleAffected);
        }
        if (casualties != null) {
            detail.put("casualties", casualties);
        }
        if (next != null) {
            detail.put("next", next);
        }
        return detail;
    }

    private static void checkCount(String field, @Nullable Long count) {
        if (count != null && count < 0) {
            throw CommandRefused.badBody(field, count.toString(), "a count, 0 or more");
        }
    }
}
