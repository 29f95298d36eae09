package org.citybrain.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.TaskTimes;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.junit.jupiter.api.Test;

class PlanTasksTest {

    private static final Instant TEN = Instant.parse("2026-07-01T10:00:00Z");
    private static final String BOARD = "LIVELIHOOD";
    private static final UUID INCIDENT = new UUID(1, 2);

    @Test
    void tasks_of_a_wide_footprint_come_in_portions_that_fit_into_a_message() {
        List<PlannedTask> planned = new ArrayList<>();
        for (int i = 0; i < 1_201; i++) {
            planned.add(execute("500103001%06d".formatted(i), 3, 360));
        }

        assertThat(new PlanTasks(INCIDENT, List.of(), planned, BOARD, TEN).inPortions(500))
                .extracting(List::size)
                .containsExactly(500, 500, 201);
        assertThat(new PlanTasks(INCIDENT, List.of(), List.of(), BOARD, TEN).inPortions(500))
                .extracting(List::size)
                .containsExactly(0);
    }

    @Test
    void a_task_that_was_acknowledged_still_gets_the_tighter_time_to_resolve() {
        TaskState acknowledged = task(TaskStatus.ACKNOWLEDGED);
        PlanTasks tasks =
                new PlanTasks(INCIDENT, List.of(acknowledged), List.of(execute("500103001001001", 3, 360)), BOARD, TEN);

        assertThat(tasks.added()).isEmpty();
        assertThat(tasks.changed()).singleElement().satisfies(task -> {
            assertThat(task.resolveBy()).isEqualTo(TEN.plus(Duration.ofHours(6)));
            assertThat(task.status()).isEqualTo(TaskStatus.ACKNOWLEDGED);
            assertThat(task.version()).isEqualTo(2);
        });
    }

    @Test
    void a_later_deadline_or_a_finished_task_changes_nothing() {
        PlannedTask later = execute("500103001001001", 3, 60 * 24);
        assertThat(new PlanTasks(INCIDENT, List.of(task(TaskStatus.ACKNOWLEDGED)), List.of(later), BOARD, TEN)
                        .hasChanges())
                .isFalse();
        PlannedTask tighter = execute("500103001001001", 3, 60);
        assertThat(new PlanTasks(INCIDENT, List.of(task(TaskStatus.COMPLETED)), List.of(tighter), BOARD, TEN)
                        .hasChanges())
                .isFalse();
    }

    @Test
    void whoever_has_read_a_notice_is_asked_when_there_is_something_to_do() {
        TaskState read = task(TaskStatus.COMPLETED).changed(TaskRole.NOTIFY, TaskStatus.COMPLETED, null, null, false);

        assertThat(new PlanTasks(INCIDENT, List.of(read), List.of(execute("500103001001001", 3, 60)), BOARD, TEN)
                        .changed())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.role()).isEqualTo(TaskRole.EXECUTE);
                    assertThat(task.status()).isEqualTo(TaskStatus.DISPATCHED);
                    assertThat(task.acknowledgeBy()).isEqualTo(TEN.plus(Duration.ofMinutes(3)));
                });
    }

    @Test
    void whoever_has_done_their_part_is_asked_again_when_it_grows_graver_but_not_who_has_given_it_back() {
        PlannedTask plan = execute("500103001001001", 3, 60);
        Instant noon = TEN.plus(Duration.ofHours(2));

        assertThat(new PlanTasks(INCIDENT, List.of(task(TaskStatus.COMPLETED)), List.of(plan), BOARD, true, noon)
                        .changed())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.status()).isEqualTo(TaskStatus.DISPATCHED);
                    assertThat(task.version()).isEqualTo(2);
                    assertThat(task.dispatchedAt()).isEqualTo(noon);
                    assertThat(task.acknowledgeBy()).isEqualTo(noon.plus(Duration.ofMinutes(3)));
                    assertThat(task.resolveBy()).isEqualTo(noon.plus(Duration.ofHours(1)));
                });
        assertThat(new PlanTasks(INCIDENT, List.of(task(TaskStatus.RETURNED)), List.of(plan), BOARD, true, noon)
                        .hasChanges())
                .isFalse();
    }

    @Test
    void when_it_goes_on_all_are_asked_again_whether_the_plan_names_them_or_not() {
        TaskState planned = task(TaskStatus.IN_PROGRESS);
        TaskState beside = new TaskState(
                new UUID(5, 6),
                3,
                Tier.STREET,
                "500103002",
                TaskRole.EXECUTE,
                TaskStatus.COMPLETED,
                TEN,
                TEN,
                TEN,
                false);
        List<TaskState> existing = List.of(planned, beside);
        List<PlannedTask> plan = List.of(execute("500103001001001", 3, 60));
        Instant noon = TEN.plus(Duration.ofHours(2));

        PlanTasks tasks = new PlanTasks(INCIDENT, existing, plan, BOARD, true, noon)
                .askingAgain(existing, plan, tier -> new TaskTimes(Duration.ofMinutes(7), Duration.ofHours(9)), noon);

        assertThat(tasks.changed())
                .extracting(task -> task.unitCode() + " " + task.version() + " " + task.status() + " "
                        + Duration.between(noon, task.acknowledgeBy()).toMinutes() + " "
                        + Duration.between(noon, task.resolveBy()).toMinutes())
                .containsExactly("500103001001001 2 DISPATCHED 3 60", "500103002 4 DISPATCHED 7 540");
    }

    @Test
    void whoever_executes_goes_on_executing_also_when_the_plan_with_less_time_has_them_coordinate() {
        PlannedTask coordinate = execute("500103001001001", 3, 60).withRole(TaskRole.COORDINATE);

        for (TaskStatus status : List.of(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED)) {
            assertThat(new PlanTasks(INCIDENT, List.of(task(status)), List.of(coordinate), BOARD, true, TEN).changed())
                    .singleElement()
                    .satisfies(task -> assertThat(task.role()).isEqualTo(TaskRole.EXECUTE));
        }
    }

    private static PlannedTask execute(String unit, long acknowledgeMinutes, long resolveMinutes) {
        return new PlannedTask(
                Tier.GRID,
                unit,
                TaskRole.EXECUTE,
                Duration.ofMinutes(acknowledgeMinutes),
                Duration.ofMinutes(resolveMinutes),
                false);
    }

    /** Dispatched at ten, to be resolved within twelve hours. */
    private static TaskState task(TaskStatus status) {
        return new TaskState(
                IncidentId.ofTask(INCIDENT, "500103001001001"),
                1,
                Tier.GRID,
                "500103001001001",
                TaskRole.EXECUTE,
                status,
                TEN,
                TEN.plus(Duration.ofMinutes(5)),
                TEN.plus(Duration.ofHours(12)),
                false);
    }
}
