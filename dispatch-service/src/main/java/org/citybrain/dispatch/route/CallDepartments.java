package org.citybrain.dispatch.route;

import java.time.Duration;
import java.util.List;
import org.citybrain.dispatch.locate.ResponsibleDepartment;
import org.citybrain.dispatch.route.RoutingPolicy.Rule;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.UnitCode;

/**
 * Gives each department that answers for an incident a task of its own, beside those of the units: it executes, and acknowledges as
 * soon as the unit that it serves has to.
 */
public final class CallDepartments {

    private CallDepartments() {}

    /**
     * The tasks of these departments.
     *
     * @param ruleName the row of the routing table that the incident is routed by
     * @param departments those that serve units of other tiers than the row names are not called
     */
    public static List<PlannedTask> call(
            String ruleName, List<ResponsibleDepartment> departments, RoutingPolicy policy) {
        Rule rule = policy.rule(ruleName);
        return departments.stream()
                .filter(department -> policy.departmentTiers(ruleName).contains(department.tier()))
                .map(department -> new PlannedTask(
                        department.tier(),
                        department.unitCode(),
                        TaskRole.EXECUTE,
                        Duration.ofMinutes(RouteIncident.acknowledgeMinutes(rule.task(department.tier()), rule)),
                        Duration.ofMinutes(rule.resolveMinutes()),
                        false,
                        department.department()))
                .toList();
    }

    /**
     * The task of a department that somebody whistles for, whatever the tier of the unit that it serves.
     *
     * @param unitCode the unit that it serves
     * @param checkInWithin checking in acknowledges it
     */
    public static PlannedTask summon(
            String ruleName, Department department, String unitCode, Duration checkInWithin, RoutingPolicy policy) {
        return new PlannedTask(
                new UnitCode(unitCode).tier(),
                unitCode,
                TaskRole.EXECUTE,
                checkInWithin,
                Duration.ofMinutes(policy.rule(ruleName).resolveMinutes()),
                false,
                department);
    }
}
