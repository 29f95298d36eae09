package org.citybrain.dispatch.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routing table of domain, section 5, as the first migration seeds it. */
class RouteIncidentTest {

    private static final RoutingPolicy POLICY = SeededPolicies.routing();
    private static final String GRID = "500103001001001";
    private static final String SAME_COMMUNITY = "500103001001002";
    private static final String OTHER_DISTRICT = "500105001001001";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    # | city           | district          | street            | community           | grid           | resolve
                    R1  | -              | -                 | -                 | NOTIFY digest       | COMMAND 30 min | 24 h
                    R2  | -              | -                 | NOTIFY digest     | COMMAND 30 min      | EXECUTE 30 min | 72 h
                    R3  | -              | NOTIFY            | COMMAND 30 min    | COORDINATE 30 min   | EXECUTE 30 min | 168 h
                    IV  | NOTIFY digest  | COMMAND 15 min    | COORDINATE 10 min | NOTIFY              | EXECUTE 10 min | 24 h
                    III | NOTIFY         | COMMAND 10 min    | COORDINATE 5 min  | NOTIFY              | EXECUTE 5 min  | 12 h
                    II  | COMMAND 3 min  | COORDINATE 3 min  | COORDINATE 3 min  | COORDINATE 3 min    | EXECUTE 3 min  | 6 h
                    I   | COMMAND 3 min  | COORDINATE 3 min  | COORDINATE 3 min  | COORDINATE 3 min    | EXECUTE 3 min  | 6 h
                    """)
    void each_row_of_the_table_is_a_chain_of_tasks(
            String rule, String city, String district, String street, String community, String grid, String resolve) {
        Route route = RouteIncident.route(rule, List.of(GRID), true, POLICY);

        assertThat(List.of(Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.COMMUNITY, Tier.GRID).stream()
                        .map(tier -> describe(route, tier))
                        .toList())
                .containsExactly(city, district, street, community, grid);
        assertThat(route.tasks())
                .filteredOn(task -> task.role() != TaskRole.NOTIFY)
                .allMatch(task -> resolve.equals(task.resolveWithin().toHours() + " h"));
        assertThat(route.tasks())
                .filteredOn(task -> task.role() == TaskRole.NOTIFY)
                .allMatch(task -> task.resolveWithin() == null);
    }

    @ParameterizedTest(name = "{0} touching {1} as well is commanded by {2}")
    @CsvSource({
        "R1, 500103001001002, 500103001001",
        "R1, 500103001002001, 500103001",
        "R1, 500103002001001, 500103",
        "R1, 500105001001001, 50",
        "R3, 500103001002001, 500103001",
        "IV, 500103002001001, 500103",
        "IV, 500105001001001, 50",
        "II, 500103001001002, 50"
    })
    void the_lowest_common_ancestor_commands_where_it_stands_higher_than_the_table(
            String rule, String otherGrid, String commandingUnit) {
        Route route = RouteIncident.route(rule, List.of(GRID, otherGrid), true, POLICY);

        assertThat(route.commandingUnit()).isEqualTo(commandingUnit);
        assertThat(route.tasks())
                .filteredOn(t -> t.role() == TaskRole.COMMAND)
                .extracting(PlannedTask::unitCode)
                .containsExactly(commandingUnit);
    }

    @Test
    void a_command_that_moves_up_leaves_coordination_behind() {
        Route route = RouteIncident.route("IV", List.of(GRID, OTHER_DISTRICT), true, POLICY);

        assertThat(route.tasks().stream()
                        .map(t -> t.unitCode() + " " + t.role())
                        .toList())
                .containsExactly(
                        "50 COMMAND",
                        "500103 COORDINATE",
                        "500105 COORDINATE",
                        "500103001 COORDINATE",
                        "500105001 COORDINATE",
                        "500103001001 NOTIFY",
                        "500105001001 NOTIFY",
                        "500103001001001 EXECUTE",
                        "500105001001001 EXECUTE");
    }

    @Test
    void what_is_off_the_list_is_not_sent_to_a_grid() {
        Route route = RouteIncident.route("II", List.of(GRID, SAME_COMMUNITY), false, POLICY);

        assertThat(route.offList()).isTrue();
        assertThat(route.tasks()).noneMatch(t -> t.tier() == Tier.GRID);
        assertThat(route.tasks().getLast())
                .extracting(PlannedTask::unitCode, PlannedTask::role)
                .containsExactly("500103001001", TaskRole.EXECUTE);
    }

    @Property
    void the_commander_is_an_ancestor_of_every_unit_and_every_unit_has_one_task(
            @ForAll("grids") Set<String> grids, @ForAll("rules") String rule, @ForAll boolean delegable) {
        Route route = RouteIncident.route(rule, grids, delegable, POLICY);

        assertThat(grids).allMatch(grid -> grid.startsWith(route.commandingUnit()));
        assertThat(route.rule()).isEqualTo(rule);
        assertThat(grids)
                .as("every touched grid, or its community, is asked or told")
                .allMatch(grid -> route.tasks().stream()
                        .anyMatch(task -> task.unitCode().equals(grid)
                                || task.unitCode().equals(grid.substring(0, Tier.COMMUNITY.digits()))));
        assertThat(route.tasks()).extracting(PlannedTask::unitCode).doesNotHaveDuplicates();
        assertThat(route.tasks())
                .filteredOn(t -> t.role() == TaskRole.COMMAND)
                .extracting(PlannedTask::unitCode)
                .containsExactly(route.commandingUnit());
        assertThat(route.tasks()).allMatch(t -> (t.role() == TaskRole.NOTIFY) == (t.acknowledgeWithin() == null));
        if (delegable) {
            assertThat(route.tasks())
                    .filteredOn(t -> t.tier() == Tier.GRID)
                    .extracting(PlannedTask::unitCode)
                    .containsExactlyInAnyOrderElementsOf(grids);
        }
    }

    @Provide
    Arbitrary<Set<String>> grids() {
        Arbitrary<String> grid = Combinators.combine(
                        Arbitraries.of("500103", "500105"),
                        Arbitraries.of("001", "002"),
                        Arbitraries.of("001", "002"),
                        Arbitraries.of("001", "002", "003"))
                .as((district, street, community, last) -> district + street + community + last);
        return grid.set().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.of("R1", "R2", "R3", "IV", "III", "II", "I");
    }

    private static String describe(Route route, Tier tier) {
        return route.tasks().stream()
                .filter(task -> task.tier() == tier)
                .map(RouteIncidentTest::describe)
                .reduce((one, other) -> one + " and " + other)
                .orElse("-");
    }

    private static String describe(PlannedTask task) {
        return task.role()
                + (task.acknowledgeWithin() == null
                        ? ""
                        : " " + task.acknowledgeWithin().toMinutes() + " min")
                + (task.digest() ? " digest" : "");
    }
}
