package org.citybrain.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.Judgement.Due;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.Department;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.UnitCode;
import org.junit.jupiter.api.Test;

/** A street of level III: district in command, city and community told, street and grid at work. */
class EscalateMissedTest {

    private static final RoutingPolicy POLICY = SeededPolicies.routing();
    private static final Instant NOW = Instant.parse("2026-07-01T02:00:00Z");
    private static final String GRID = "500103001001001";
    private static final String COMMUNITY = "500103001001";
    private static final String STREET = "500103001";
    private static final String DISTRICT = "500103";

    private final List<TaskState> tasks = new ArrayList<>(List.of(
            task("50", TaskRole.NOTIFY, TaskStatus.DISPATCHED, null),
            task(DISTRICT, TaskRole.COMMAND, TaskStatus.ACKNOWLEDGED, null),
            task(STREET, TaskRole.COORDINATE, TaskStatus.DISPATCHED, null),
            task(COMMUNITY, TaskRole.NOTIFY, TaskStatus.DISPATCHED, null),
            task(GRID, TaskRole.EXECUTE, TaskStatus.DISPATCHED, null)));

    private final Set<String> closedBeforeReopening = new HashSet<>();

    @Test
    void a_grid_that_is_silent_is_stood_in_for_by_its_community() {
        assertThat(escalate(Set.of(), GRID)).containsExactly(GRID + " > " + COMMUNITY + ": not acknowledged in time");
        assertThat(plans(Set.of(), GRID)).containsExactly(COMMUNITY + " EXECUTE PT5M PT12H");
    }

    @Test
    void a_department_that_is_silent_is_the_matter_of_the_unit_that_it_serves() {
        tasks.add(task(DISTRICT, TaskRole.EXECUTE, TaskStatus.DISPATCHED, "fire-west"));

        assertThat(escalateDepartment(Set.of()))
                .containsExactly("fire-west > " + DISTRICT + ": not acknowledged in time");
    }

    @Test
    void where_nobody_of_that_unit_is_on_duty_it_goes_on_up() {
        tasks.set(1, task(DISTRICT, TaskRole.NOTIFY, TaskStatus.DISPATCHED, null));
        tasks.add(task(DISTRICT, TaskRole.EXECUTE, TaskStatus.DISPATCHED, "fire-west"));

        assertThat(escalateDepartment(Set.of(DISTRICT)))
                .containsExactly(
                        "fire-west > " + DISTRICT + ": not acknowledged in time",
                        DISTRICT + " > 50: nobody is on duty there by the roster");
    }

    @Test
    void a_unit_at_work_need_not_be_on_the_roster() {
        assertThat(escalate(Set.of(DISTRICT), STREET))
                .containsExactly(STREET + " > " + DISTRICT + ": not acknowledged in time");
    }

    @Test
    void a_unit_that_has_given_its_task_back_passes_on_what_comes_to_it() {
        tasks.set(3, task(COMMUNITY, TaskRole.EXECUTE, TaskStatus.RETURNED, null));

        assertThat(escalate(Set.of(), GRID))
                .containsExactly(
                        GRID + " > " + COMMUNITY + ": not acknowledged in time",
                        COMMUNITY + " > " + STREET + ": its own task is closed");
    }

    @Test
    void a_unit_that_was_done_before_the_incident_was_reopened_is_asked_like_any_other() {
        tasks.set(3, task(COMMUNITY, TaskRole.EXECUTE, TaskStatus.COMPLETED, null));
        closedBeforeReopening.add(COMMUNITY);

        assertThat(escalate(Set.of(), GRID)).containsExactly(GRID + " > " + COMMUNITY + ": not acknowledged in time");
        assertThat(plans(Set.of(), GRID)).containsExactly(COMMUNITY + " EXECUTE PT5M PT12H");
    }

    @Test
    void what_finds_nobody_in_the_city_either_is_known_with_all_that_it_went_through() {
        tasks.set(0, task("50", TaskRole.COMMAND, TaskStatus.COMPLETED, null));
        tasks.set(1, task(DISTRICT, TaskRole.COORDINATE, TaskStatus.RETURNED, null));

        assertThat(result(Set.of(), unitTasks(STREET, GRID)).foundNobody())
                .containsExactlyInAnyOrder(STREET, DISTRICT, "50");
    }

    @Test
    void the_city_can_only_be_chased() {
        tasks.set(0, task("50", TaskRole.COMMAND, TaskStatus.DISPATCHED, null));

        assertThat(escalate(Set.of(), "50")).containsExactly("50 > null: not acknowledged in time");
        assertThat(plans(Set.of(), "50")).isEmpty();
    }

    private List<String> escalate(Set<String> unattended, String... missed) {
        return told(result(unattended, unitTasks(missed)));
    }

    private List<String> escalateDepartment(Set<String> unattended) {
        return told(result(
                unattended,
                tasks.stream().filter(task -> task.department() != null).toList()));
    }

    private List<String> plans(Set<String> unattended, String... missed) {
        return result(unattended, unitTasks(missed)).plans().stream()
                .map(plan -> plan.unitCode() + " " + plan.role() + " " + plan.acknowledgeWithin() + " "
                        + plan.resolveWithin())
                .toList();
    }

    private List<TaskState> unitTasks(String... units) {
        return tasks.stream()
                .filter(task -> Arrays.asList(units).contains(task.unitCode()) && task.department() == null)
                .toList();
    }

    private EscalateMissed.Result result(Set<String> unattended, List<TaskState> missed) {
        WatchedIncident incident = new WatchedIncident(
                new UUID(1, 2),
                IncidentStatus.DISPATCHED,
                "III",
                "SAFETY_AND_RULE_OF_LAW",
                new PolicyVersions(1, 1, 1, 1),
                tasks.stream()
                        .map(task -> new WatchedTask(
                                task, null, null, null, closedBeforeReopening.contains(task.unitCode())))
                        .toList());
        return EscalateMissed.escalate(
                incident,
                missed.stream()
                        .map(task -> new Due(DeadlineKind.ACKNOWLEDGE, task, NOW))
                        .toList(),
                unattended,
                POLICY);
    }

    private static List<String> told(EscalateMissed.Result result) {
        return result.escalated().stream()
                .map(each -> String.join(",", each.from()) + " > " + each.to() + ": " + each.why())
                .toList();
    }

    private static TaskState task(String unit, TaskRole role, TaskStatus status, String department) {
        boolean notice = role == TaskRole.NOTIFY;
        return new TaskState(
                UUID.nameUUIDFromBytes((unit + department).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                1,
                new UnitCode(unit).tier(),
                unit,
                role,
                status,
                NOW.minus(Duration.ofMinutes(10)),
                notice ? null : NOW,
                notice ? null : NOW.plus(Duration.ofHours(12)),
                false,
                department == null ? null : new Department(department, department),
                null);
    }
}
