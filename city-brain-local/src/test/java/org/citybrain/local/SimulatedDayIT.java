package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.citybrain.api.department.DepartmentScore;
import org.citybrain.local.simulate.month.MonthOptions;
import org.citybrain.local.simulate.month.MonthResult;
import org.citybrain.local.simulate.month.SimulateMonth;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A day of 30,000 incidents, lived through by made-up people against the real dispatch-service, city-brain-api and PostGIS, and two weeks
 * more until all of it is settled. Seeded: it is the same day each time. It runs beside the other tests, in a thread of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class SimulatedDayIT {

    private static final int MATTERS = 33_500;
    private static final long INCIDENTS = 30_000;

    @TempDir
    static Path folder;

    private static MonthResult day;

    @BeforeAll
    static void live_through_the_day() throws Exception {
        day = SimulateMonth.simulate(new MonthOptions(folder, 1, MATTERS, 20_260_701), System.out::println);
        System.out.print(day.table());
        Files.writeString(Path.of("target", "proof-day.txt"), day.table());
    }

    @Test
    void nothing_is_stuck() {
        assertThat(day.outcomes().get("OPENED")).isGreaterThanOrEqualTo(INCIDENTS);
        assertThat(day.stuck()).as("open though nobody left them open").isEmpty();
        assertThat(day.leftOpen()).as("left open on purpose").isNotEmpty();
        assertThat(day.openTasksOfClosed()).as("open tasks of closed incidents").isZero();
        assertThat(day.incidents()).containsKeys("CLOSED", "FALSE_ALARM");
    }

    @Test
    void nothing_is_told_or_escalated_twice() {
        assertThat(day.missedTwice()).as("deadlines told as missed twice").isZero();
        assertThat(day.escalatedTwice()).as("escalations told twice").isZero();
        assertThat(day.deadlines())
                .containsKeys(
                        "DEADLINE_NEAR ACKNOWLEDGE",
                        "DEADLINE_MISSED ACKNOWLEDGE",
                        "DEADLINE_MISSED RESOLVE",
                        "DEADLINE_MISSED SITUATION_REPORT",
                        "ESCALATED",
                        "SUPERVISED");
    }

    @Test
    void the_ledger_adds_up() {
        assertThat(day.addsUp())
                .as("every report has one outcome, every incident one state: " + day)
                .isTrue();
        assertThat(day.outcomes()).doesNotContainKeys("PARKED", "DUPLICATE");
    }

    @Test
    void scores_added_up_from_the_log_are_those_that_are_served() {
        assertThat(day.servedScores()).isEqualTo(day.addedUpScores()).hasSizeGreaterThan(2);
        assertThat(day.servedScores())
                .allSatisfy(score -> assertThat(score.waiting()).isZero());
        assertThat(day.servedScores().stream().mapToLong(DepartmentScore::onTime))
                .anyMatch(count -> count > 0);
        assertThat(day.servedScores().stream().mapToLong(DepartmentScore::late)).anyMatch(count -> count > 0);
        assertThat(day.servedScores().stream().mapToLong(DepartmentScore::absent))
                .anyMatch(count -> count > 0);
        assertThat(day.servedScores().stream().mapToLong(DepartmentScore::released))
                .anyMatch(count -> count > 0);
        assertThat(day.servedScores().stream().mapToLong(DepartmentScore::ineffective))
                .anyMatch(count -> count > 0);
    }

    @Test
    void it_was_a_day_on_which_everything_happens() {
        assertThat(day.happened())
                .containsKeys(
                        "WHISTLED",
                        "CHECKED_IN",
                        "CHECKED_IN late",
                        "SERVED",
                        "RATED EFFECTIVE",
                        "RATED INEFFECTIVE",
                        "ABSENT",
                        "RELEASED",
                        "UNREACHABLE",
                        "REOPENED",
                        "REOPENED by a later report",
                        "RESOLVED with force",
                        "REGRADED")
                .hasEntrySatisfying(
                        "reports of what was closed",
                        opened -> assertThat(opened).isPositive());
        assertThat(day.situationDueAgain())
                .as("of level II again, and reported on by nobody")
                .isPositive();
        assertThat(day.unreachableUntold())
                .as("nobody could be told, and the sweep has not escalated it")
                .isZero();
    }

    @Test
    void people_are_refused_only_what_others_are_still_at_work_on() {
        assertThat(day.refused())
                .hasEntrySatisfying(
                        "resolve STILL_AT_WORK", count -> assertThat(count).isPositive());
        assertThat(day.refused().keySet()).allMatch(refusal -> refusal.endsWith("STILL_AT_WORK"));
    }
}
