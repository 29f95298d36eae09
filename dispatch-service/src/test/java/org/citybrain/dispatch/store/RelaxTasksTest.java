package org.citybrain.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxTasksTest {

    private static final String BOARD = "SAFETY_AND_RULE_OF_LAW";
    private static final Instant NINE = Instant.parse("2026-07-01T09:00:00Z");
    private static final Instant TEN = NINE.plus(Duration.ofHours(1));
    private static final UUID INCIDENT = new UUID(1, 2);
    private static final String UNIT = "500103";

    /** What a task was, what the new level plans for its unit, and what becomes of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // was                     | planned    | becomes
                "COMMAND DISPATCHED        | NOTIFY     | NOTIFY DISPATCHED",
                "COMMAND ACKNOWLEDGED      | NOTIFY     | COORDINATE ACKNOWLEDGED",
                "COMMAND IN_PROGRESS       | nothing    | COORDINATE IN_PROGRESS",
                "COMMAND DISPATCHED        | nothing    | COORDINATE DISPATCHED",
                "COORDINATE ACKNOWLEDGED   | NOTIFY     | as it was",
                "COORDINATE DISPATCHED     | COMMAND    | COMMAND DISPATCHED",
                "EXECUTE IN_PROGRESS       | EXECUTE    | EXECUTE IN_PROGRESS",
                "EXECUTE DISPATCHED        | nothing    | as it was",
                "EXECUTE IN_PROGRESS       | COORDINATE | EXECUTE IN_PROGRESS",
                "NOTIFY DISPATCHED         | nothing    | NOTIFY RETURNED",
                "COORDINATE COMPLETED      | COMMAND    | as it was",
                "EXECUTE RETURNED          | EXECUTE    | as it was"
            })
    void a_task_follows_the_new_level_unless_somebody_is_at_work(String was, String planned, String becomes) {
        String[] before = was.split(" ");
        TaskState task = task(TaskRole.valueOf(before[0]), TaskStatus.valueOf(before[1]));
        List<PlannedTask> plan = planned.equals("nothing") ? List.of() : List.of(plan(TaskRole.valueOf(planned)));

        PlanTasks relaxed = RelaxTasks.relax(INCIDENT, List.of(task), plan, BOARD, TEN);

        assertThat(relaxed.added()).isEmpty();
        assertThat(relaxed.changed().stream().map(t -> t.role() + " " + t.status()))
                .containsExactlyElementsOf(becomes.equals("as it was") ? List.of() : List.of(becomes));
    }

    @Test
    void deadlines_count_from_when_the_task_was_dispatched() {
        TaskState task = task(TaskRole.EXECUTE, TaskStatus.DISPATCHED);

        TaskState relaxed = RelaxTasks.relax(INCIDENT, List.of(task), List.of(plan(TaskRole.EXECUTE)), BOARD, TEN)
                .changed()
                .getFirst();

        assertThat(relaxed.acknowledgeBy()).isEqualTo(NINE.plus(Duration.ofMinutes(15)));
        assertThat(relaxed.resolveBy()).isEqualTo(NINE.plus(Duration.ofHours(24)));
        assertThat(relaxed.version()).isEqualTo(2);
    }

    @Test
    void deadlines_of_a_task_that_was_dispatched_again_count_from_then() {
        TaskState again = task(TaskRole.EXECUTE, TaskStatus.COMPLETED)
                .dispatchedAgain(TaskRole.EXECUTE, TEN, TEN.plusSeconds(60), TEN.plusSeconds(600), false);

        assertThat(RelaxTasks.relax(INCIDENT, List.of(again), List.of(plan(TaskRole.EXECUTE)), BOARD, TEN)
                        .changed()
                        .getFirst()
                        .acknowledgeBy())
                .isEqualTo(TEN.plus(Duration.ofMinutes(15)));
    }

    @Test
    void a_unit_without_a_task_gets_one_and_a_notice_that_was_taken_back_is_given_again() {
        TaskState returned = task(TaskRole.NOTIFY, TaskStatus.RETURNED);
        List<PlannedTask> plan = List.of(plan(TaskRole.NOTIFY));

        assertThat(RelaxTasks.relax(INCIDENT, List.of(), plan, BOARD, TEN).added())
                .hasSize(1);
        PlanTasks none = new PlanTasks(List.of(), List.of());
        assertThat(RelaxTasks.reopen(none, List.of(returned), plan, TEN).changed())
                .singleElement()
                .satisfies(task -> assertThat(task.status()).isEqualTo(TaskStatus.DISPATCHED));
        assertThat(RelaxTasks.reopen(none, List.of(returned), List.of(), TEN).changed())
                .isEmpty();
    }

    private static TaskState task(TaskRole role, TaskStatus status) {
        boolean notice = role == TaskRole.NOTIFY;
        return new TaskState(
                new UUID(3, 4),
                1,
                Tier.DISTRICT,
                UNIT,
                role,
                status,
                NINE,
                notice ? null : NINE.plus(Duration.ofMinutes(3)),
                notice ? null : NINE.plus(Duration.ofHours(6)),
                false);
    }

    private static PlannedTask plan(TaskRole role) {
        boolean notice = role == TaskRole.NOTIFY;
        return new PlannedTask(
                Tier.DISTRICT,
                UNIT,
                role,
                within(notice, Duration.ofMinutes(15)),
                within(notice, Duration.ofHours(24)),
                notice);
    }

    private static @Nullable Duration within(boolean notice, Duration time) {
        return notice ? null : time;
    }
}
