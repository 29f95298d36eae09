package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.api.department.DepartmentScore;

/**
 * What a simulated span has come to.
 *
 * @param reports that were put in
 * @param outcomes of reports, by name
 * @param incidents by status
 * @param stuck incidents that are open although nobody left them open on purpose
 * @param leftOpen incidents that were left open on purpose
 * @param deadlines by what was told of them
 * @param missedTwice deadlines of tasks that were told as missed more than once
 * @param escalatedTwice escalations from one unit to another for one task that were told more than once
 * @param openTasksOfClosed tasks that are open though their incident is closed
 * @param done commands by name
 * @param refused commands that were refused, by name and reason
 * @param happened other lines of timelines, by what they tell
 * @param situationDueAgain incidents that a person brought down from level II and back, and that nobody reported on then, as the sweep told
 * @param unreachableUntold tasks whose unit could not be reached and of which the sweep did not tell
 * @param servedScores as {@code GET /v1/departments/scores} answers them
 * @param addedUpScores the same by plain loops over the whole log
 */
public record MonthResult(
        long reports,
        Map<String, Long> outcomes,
        Map<String, Long> incidents,
        List<UUID> stuck,
        List<UUID> leftOpen,
        Map<String, Long> deadlines,
        long missedTwice,
        long escalatedTwice,
        long openTasksOfClosed,
        Map<String, Long> done,
        Map<String, Long> refused,
        Map<String, Long> happened,
        long situationDueAgain,
        long unreachableUntold,
        List<DepartmentScore> servedScores,
        List<DepartmentScore> addedUpScores,
        Duration took) {

    /** Whether every report has one outcome, and every opened incident one state. */
    public boolean addsUp() {
        long settled = outcomes.values().stream().mapToLong(Long::longValue).sum();
        long all = incidents.values().stream().mapToLong(Long::longValue).sum();
        return settled == reports && all == outcomes.getOrDefault("OPENED", 0L);
    }

    /** Whether the loop is closed: nothing stuck, nothing told twice, and the ledger adds up. */
    public boolean isSound() {
        return addsUp()
                && stuck.isEmpty()
                && isToldOnce()
                && openTasksOfClosed == 0
                && servedScores.equals(addedUpScores);
    }

    private boolean isToldOnce() {
        return missedTwice == 0 && escalatedTwice == 0 && unreachableUntold == 0;
    }

    /** As a table for people. */
    public String table() {
        StringBuilder table = new StringBuilder();
        rows(table, "Reports: " + number(reports), outcomes);
        rows(table, "Incidents", incidents);
        rows(table, "Commands", done);
        rows(table, "Refused commands", refused);
        rows(table, "Deadlines", deadlines);
        rows(table, "Happened", happened);
        row(table, "level II again, situation reports due", situationDueAgain);
        table.append("Departments' scores\n");
        for (DepartmentScore score : servedScores) {
            table.append(
                    "  %-30s summoned %,d: %,d on time, %,d late, %,d absent, %,d released; %,d ineffective; score %s%n"
                            .formatted(
                                    score.department().code(),
                                    score.summoned(),
                                    score.onTime(),
                                    score.late(),
                                    score.absent(),
                                    score.released(),
                                    score.ineffective(),
                                    score.score()));
        }
        row(table, "left open on purpose", leftOpen.size());
        row(table, "stuck", stuck.size());
        row(table, "missed twice", missedTwice);
        row(table, "escalated twice", escalatedTwice);
        row(table, "open tasks of closed incidents", openTasksOfClosed);
        row(table, "unreachable and not told", unreachableUntold);
        table.append(
                servedScores.equals(addedUpScores)
                        ? "Scores added up from the log are those served.\n"
                        : "Scores added up from the log are NOT those served: " + addedUpScores + "\n");
        table.append(addsUp() ? "The ledger adds up.\n" : "The ledger does NOT add up.\n");
        table.append("It took %.0f s.%n".formatted(took.toMillis() / 1000.0));
        return table.toString();
    }

    private static void rows(StringBuilder table, String title, Map<String, Long> rows) {
        table.append(title).append('\n');
        rows.forEach((name, count) -> row(table, name, count));
    }

    private static void row(StringBuilder table, String name, long count) {
        table.append("  %-40s %11s%n".formatted(name, number(count)));
    }

    private static String number(long count) {
        return "%,d".formatted(count);
    }
}
