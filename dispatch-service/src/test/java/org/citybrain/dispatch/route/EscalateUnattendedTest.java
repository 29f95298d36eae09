package org.citybrain.dispatch.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.dispatch.route.EscalateUnattended.Escalated;
import org.citybrain.messages.TaskRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalateUnattendedTest {

    private static final RoutingPolicy POLICY = SeededPolicies.routing();
    private static final String GRID = "500103001001001";
    private static final String COMMUNITY = "500103001001";
    private static final String STREET = "500103001";
    private static final String DISTRICT = "500103";
    private static final List<String> CHAIN = List.of("50", DISTRICT, STREET, COMMUNITY, GRID);

    @ParameterizedTest(name = "{0} with nobody on duty in {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    IV | GRID                  | COMMUNITY EXECUTE 10 min                   | GRID to COMMUNITY
                    IV | STREET                | DISTRICT COMMAND 10 min                    | STREET to DISTRICT
                    IV | DISTRICT              | CITY COORDINATE 15 min                     | DISTRICT to CITY
                    IV | GRID COMMUNITY        | STREET COORDINATE 10 min                   | GRID to COMMUNITY, COMMUNITY to STREET
                    R1 | GRID                  | COMMUNITY EXECUTE 30 min                   | GRID to COMMUNITY
                    R1 | GRID COMMUNITY        | STREET EXECUTE 30 min                      | GRID to COMMUNITY, COMMUNITY to STREET
                    R3 | STREET                | DISTRICT COORDINATE 30 min                 | STREET to DISTRICT
                    II | CITY                  | CITY COMMAND 3 min                         | CITY to nobody
                    II | GRID                  | COMMUNITY COORDINATE 3 min                 | GRID to COMMUNITY
                    II | CITY DISTRICT         | CITY COMMAND 3 min                         | DISTRICT to CITY, CITY to nobody
                    """)
    void the_unit_above_has_the_task_as_well(String rule, String unattended, String last, String escalations) {
        Route route = RouteIncident.route(rule, List.of(GRID), true, POLICY);
        Escalated escalated = EscalateUnattended.escalate(route.tasks(), CHAIN, units(unattended));

        assertThat(escalated.escalations().stream()
                        .map(e -> tier(e.from().getFirst()) + " to " + (e.to() == null ? "nobody" : tier(e.to())))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(escalations);
        assertThat(escalated.tasks().stream()
                        .map(t -> t.tier() + " " + t.role()
                                + (t.acknowledgeWithin() == null
                                        ? ""
                                        : " " + t.acknowledgeWithin().toMinutes() + " min"))
                        .toList())
                .contains(last);
        assertThat(escalated.tasks())
                .as("what was dispatched stays open")
                .extracting(PlannedTask::unitCode)
                .containsAll(route.tasks().stream().map(PlannedTask::unitCode).toList());
    }

    @Test
    void whoever_was_asked_before_does_not_escalate_again() {
        Route route = RouteIncident.route("IV", List.of(GRID), true, POLICY);

        assertThat(EscalateUnattended.escalate(route.tasks(), List.of(), Set.of(GRID))
                        .escalations())
                .isEmpty();
    }

    @Test
    void two_grids_of_one_community_are_one_line() {
        Route route = RouteIncident.route("IV", List.of(GRID, "500103001001002"), true, POLICY);

        assertThat(EscalateUnattended.escalate(
                                route.tasks(), List.of(GRID, "500103001001002"), Set.of(GRID, "500103001001002"))
                        .escalations())
                .containsExactly(new Escalation(List.of(GRID, "500103001001002"), COMMUNITY));
    }

    @Test
    void a_notice_needs_nobody_on_duty() {
        Route route = RouteIncident.route("R1", List.of(GRID), true, POLICY);

        assertThat(EscalateUnattended.escalate(route.tasks(), CHAIN, Set.of(COMMUNITY))
                        .escalations())
                .isEmpty();
    }

    @Property
    void whoever_is_unattended_there_is_one_command_and_somebody_who_acts(
            @ForAll("units") Set<String> unattended, @ForAll("rules") String rule) {
        Route route = RouteIncident.route(rule, List.of(GRID, "500103001002001"), true, POLICY);
        List<String> asked = route.tasks().stream().map(PlannedTask::unitCode).toList();
        Escalated escalated = EscalateUnattended.escalate(route.tasks(), asked, unattended);

        assertThat(escalated.tasks()).extracting(PlannedTask::unitCode).doesNotHaveDuplicates();
        assertThat(escalated.tasks())
                .filteredOn(task -> task.role() == TaskRole.COMMAND)
                .hasSize(1);
        for (PlannedTask task : escalated.tasks()) {
            if (task.isOwnWork() && unattended.contains(task.unitCode())) {
                assertThat(escalated.escalations())
                        .as("%s is told", task.unitCode())
                        .anyMatch(escalation -> escalation.from().contains(task.unitCode()));
            }
        }
        boolean someoneIsThere =
                escalated.tasks().stream().anyMatch(task -> task.isOwnWork() && !unattended.contains(task.unitCode()));
        assertThat(someoneIsThere || escalated.escalations().stream().anyMatch(e -> e.to() == null))
                .isTrue();
    }

    @Provide
    Arbitrary<Set<String>> units() {
        return Arbitraries.of("50", DISTRICT, STREET, COMMUNITY, GRID, "500103001002", "500103001002001")
                .set();
    }

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.of("R1", "R2", "R3", "IV", "III", "II", "I");
    }

    private static Set<String> units(String tiers) {
        return Arrays.stream(tiers.split(" ")).map(EscalateUnattendedTest::unit).collect(Collectors.toSet());
    }

    private static String unit(String tier) {
        return CHAIN.get(
                List.of("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID").indexOf(tier));
    }

    private static String tier(String unit) {
        return List.of("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID").get(CHAIN.indexOf(unit));
    }
}
