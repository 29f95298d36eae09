package org.citybrain.dispatch.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.locate.ResponsibleDepartment;
import org.citybrain.dispatch.policy.SeededPolicies;
import org.citybrain.messages.Department;
import org.citybrain.messages.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which departments are called (domain, section 5): the small matters are the street's, and for the grave ones all come. */
class CallDepartmentsTest {

    private static final RoutingPolicy POLICY = SeededPolicies.routing();
    private static final List<ResponsibleDepartment> ALL = List.of(
            department("city-fire", "50"),
            department("district-fire", "500103"),
            department("street-fire", "500103001"));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    R1  | -
                    R2  | -
                    R3  | -
                    IV  | -
                    III | district-fire 500103 EXECUTE 10 min 12 h
                    II  | city-fire 50 EXECUTE 3 min 6 h, district-fire 500103 EXECUTE 3 min 6 h
                    I   | city-fire 50 EXECUTE 3 min 6 h, district-fire 500103 EXECUTE 3 min 6 h
                    """)
    void each_row_of_the_table_calls_the_departments_of_its_tiers(String rule, String called) {
        List<String> tasks = CallDepartments.call(rule, ALL, POLICY).stream()
                .map(task -> "%s %s %s %d min %d h"
                        .formatted(
                                task.department().code(),
                                task.unitCode(),
                                task.role(),
                                task.acknowledgeWithin().toMinutes(),
                                task.resolveWithin().toHours()))
                .toList();

        assertThat(String.join(", ", tasks)).isEqualTo(called == null ? "" : called);
    }

    @Test
    void a_policy_may_name_other_tiers() {
        RoutingPolicy.Rule four = POLICY.rules().get("IV");
        RoutingPolicy named = new RoutingPolicy(
                0.01,
                Map.of(
                        "IV",
                        new RoutingPolicy.Rule(
                                four.commandingTier(),
                                four.tasks(),
                                four.resolveMinutes(),
                                four.source(),
                                List.of(Tier.STREET),
                                null,
                                null)),
                null,
                null,
                null);

        assertThat(CallDepartments.call("IV", ALL, named))
                .extracting(PlannedTask::unitCode)
                .containsExactly("500103001");
    }

    private static ResponsibleDepartment department(String code, String unit) {
        return new ResponsibleDepartment(new Department(code, code), unit, "area-" + code);
    }
}
