package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.citybrain.local.simulate.month.MonthOptions;
import org.citybrain.local.simulate.month.MonthResult;
import org.citybrain.local.simulate.month.SimulateMonth;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of 30,000 incidents, lived through by made-up people against the real dispatch-service and PostGIS, and two weeks more until all of it is
 * settled. Seeded: it is the same day each time.
 */
@Tag("deadlines")
class SimulatedDayIT {

    private static final int MATTERS = 33_000;
    private static final long INCIDENTS = 30_000;

    @TempDir
    Path folder;

    @Test
    void a_day_of_30000_incidents_is_carried_to_its_end_and_nothing_is_stuck_or_told_twice() throws Exception {
        MonthResult day = SimulateMonth.simulate(new MonthOptions(folder, 1, MATTERS, 20_260_701), System.out::println);
        System.out.print(day.table());
        Files.writeString(Path.of("target", "proof-day.txt"), day.table());

        assertThat(day.outcomes().get("OPENED")).isGreaterThanOrEqualTo(INCIDENTS);
        assertThat(day.outcomes()).doesNotContainKeys("PARKED", "DUPLICATE");
        assertThat(day.stuck()).as("open though nobody left them open").isEmpty();
        assertThat(day.leftOpen()).as("left open on purpose").isNotEmpty();
        assertThat(day.missedTwice()).as("deadlines told as missed twice").isZero();
        assertThat(day.escalatedTwice()).as("escalations told twice").isZero();
        assertThat(day.openTasksOfClosed()).as("open tasks of closed incidents").isZero();
        assertThat(day.addsUp())
                .as("every report has one outcome, every incident one state: " + day)
                .isTrue();
        assertThat(day.deadlines())
                .containsKeys("DEADLINE_NEAR ACKNOWLEDGE", "DEADLINE_MISSED ACKNOWLEDGE", "ESCALATED");
        assertThat(day.incidents()).containsKeys("CLOSED", "FALSE_ALARM");
        assertThat(day.refused().keySet())
                .as("people are refused only what others are still at work on")
                .allMatch(refusal -> refusal.endsWith("STILL_AT_WORK"));
    }
}
