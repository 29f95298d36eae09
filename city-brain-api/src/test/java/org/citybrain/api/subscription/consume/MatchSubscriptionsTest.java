package org.citybrain.api.subscription.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.subscription.Channel;
import org.citybrain.api.subscription.NoticeEvent;
import org.citybrain.api.subscription.Subscription;
import org.citybrain.messages.Department;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskChanged;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatchSubscriptionsTest {

    private static final Instant SUBSCRIBED = Instant.parse("2026-07-01T00:00:00Z");
    private static final UUID INCIDENT = UUID.randomUUID();

    @Test
    void a_dispatch_is_told_to_the_very_unit_and_not_to_those_above_or_below() {
        assertThat(told(dispatch("500112001", null), by("500112001"))).isTrue();
        assertThat(told(dispatch("500112001001", null), by("500112001"))).isFalse();
        assertThat(told(dispatch("500112", null), by("500112001"))).isFalse();
    }

    @Test
    void a_department_is_told_of_its_own_tasks_and_the_unit_of_its_own() {
        Subscription ofDepartment = subscription("500112", List.of("500112"), "fire", Set.of(), Set.of(), Set.of());

        assertThat(told(dispatch("500112", "fire"), ofDepartment)).isTrue();
        assertThat(told(dispatch("500112", "water"), ofDepartment)).isFalse();
        assertThat(told(dispatch("500112", null), ofDepartment)).isFalse();
        assertThat(told(dispatch("500112", "fire"), by("500112"))).isFalse();
    }

    @Test
    void all_else_is_told_to_whom_it_lies_within_or_was_dispatched_to() {
        assertThat(told(closed(SUBSCRIBED), by("500112"))).isTrue();
        assertThat(told(closed(SUBSCRIBED), by("50"))).isTrue();
        assertThat(told(closed(SUBSCRIBED), by("500117"))).isFalse();
    }

    @Test
    void what_the_unit_of_the_person_does_not_see_is_not_told_whatever_units_they_named() {
        Subscription moved = subscription("500117", List.of("500112"), null, Set.of(), Set.of(), Set.of());

        assertThat(told(closed(SUBSCRIBED), moved)).isFalse();
    }

    @Test
    void what_happened_before_somebody_asked_they_are_not_told() {
        assertThat(told(closed(SUBSCRIBED.minusMillis(1)), by("50"))).isFalse();
    }

    @Test
    void level_scope_and_type_restrict_where_they_are_given() {
        assertThat(told(closed(SUBSCRIBED), filtered(Set.of(Level.II), Set.of(), Set.of())))
                .isTrue();
        assertThat(told(closed(SUBSCRIBED), filtered(Set.of(Level.I), Set.of(), Set.of())))
                .isFalse();
        assertThat(told(closed(SUBSCRIBED), filtered(Set.of(), Set.of(HandlingScope.R1), Set.of())))
                .as("everyday matters only")
                .isFalse();
        assertThat(told(closed(SUBSCRIBED), filtered(Set.of(), Set.of(), Set.of("gas.leak"))))
                .isTrue();
        assertThat(told(closed(SUBSCRIBED), filtered(Set.of(), Set.of(), Set.of("city.litter"))))
                .isFalse();
    }

    @Test
    void only_what_was_asked_for_is_told() {
        Happening opened = new Happening("e", NoticeEvent.OPENED, INCIDENT, SUBSCRIBED, 1, "rule", null, null);

        assertThat(told(opened, by("50"))).isFalse();
    }

    private static boolean told(Happening happening, Subscription subscription) {
        return !MatchSubscriptions.match(happening, incident(), List.of(subscription))
                .isEmpty();
    }

    private static Subscription by(String unit) {
        return subscription(unit, List.of(unit), null, Set.of(), Set.of(), Set.of());
    }

    private static Subscription filtered(Set<Level> levels, Set<HandlingScope> scopes, Set<String> types) {
        return subscription("50", List.of("50"), null, levels, scopes, types);
    }

    private static Subscription subscription(
            String reach,
            List<String> units,
            @Nullable String department,
            Set<Level> levels,
            Set<HandlingScope> scopes,
            Set<String> types) {
        return new Subscription(
                UUID.randomUUID(),
                "somebody",
                reach,
                department,
                units,
                levels,
                scopes,
                types,
                Set.of(NoticeEvent.DISPATCHED_TO_UNIT, NoticeEvent.CLOSED),
                Channel.LIVE,
                null,
                Subscription.Status.ACTIVE,
                null,
                SUBSCRIBED);
    }

    private static Happening closed(Instant at) {
        return new Happening("e", NoticeEvent.CLOSED, INCIDENT, at, 1, "person:somebody", null, null);
    }

    private static Happening dispatch(String unit, @Nullable String department) {
        TaskChanged task = new TaskChanged(
                UUID.randomUUID(),
                INCIDENT,
                1,
                1,
                Tier.STREET,
                unit,
                TaskRole.EXECUTE,
                TaskStatus.DISPATCHED,
                SUBSCRIBED,
                SUBSCRIBED.plusSeconds(180),
                null,
                false,
                department == null ? null : new Department(department, department),
                null);
        return ReadHappening.ofTask(task, task.dispatchedAt()).orElseThrow();
    }

    private static IncidentTold incident() {
        return new IncidentTold(
                INCIDENT,
                "20260701-000001",
                "gas.leak",
                IncidentCategory.ACCIDENT,
                IncidentStatus.DISPATCHED,
                1,
                Level.II,
                null,
                SUBSCRIBED,
                new Position(106.5, 29.5),
                "500112001001001",
                "50",
                640,
                Set.of("50", "500112", "500112001", "500112001001", "500112001001001"));
    }
}
