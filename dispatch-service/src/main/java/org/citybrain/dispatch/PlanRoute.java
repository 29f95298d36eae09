package org.citybrain.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.locate.ResponsibleDepartment;
import org.citybrain.dispatch.locate.Surroundings;
import org.citybrain.dispatch.route.CallDepartments;
import org.citybrain.dispatch.route.DelegateToGrid;
import org.citybrain.dispatch.route.ResolveWithin;
import org.citybrain.dispatch.route.Route;
import org.citybrain.dispatch.route.RouteIncident;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Routes one incident: down the chain, to the departments that answer for it, and to the grids that were given it by approval. */
final class PlanRoute {

    private final Surroundings surroundings;
    private final Instant now;

    PlanRoute(Surroundings surroundings, Instant now) {
        this.surroundings = surroundings;
        this.now = now;
    }

    /**
     * @param rule the row of the routing table for what will hold
     * @param delegable whether a grid worker may be given its type
     */
    Planned plan(Incident incident, String rule, boolean delegable, RoutingPolicy policy) {
        List<ResponsibleDepartment> departments = findDepartments(incident, rule, policy);
        Route route = RouteIncident.route(rule, incident.units(), delegable, policy)
                .plus(DelegateToGrid.tasks(rule, delegable ? List.of() : delegatedGrids(incident), policy))
                .plus(CallDepartments.call(rule, departments == null ? List.of() : departments, policy));
        return new Planned(
                route.with(new ResolveWithin(surroundings.calendars(), now).counted(route.tasks(), rule, policy)),
                departments,
                !policy.departmentTiers(rule).isEmpty());
    }

    /**
     * The departments that answer for it where its reports lie, and in more than a sliver of what each of them, or all of them together,
     * cover. Absent where responsibility areas could not be read: an incident is dispatched without.
     */
    private @Nullable List<ResponsibleDepartment> findDepartments(
            Incident incident, String rule, RoutingPolicy policy) {
        List<Position> places = new ArrayList<>(List.of(incident.position()));
        List<Geometry> footprints = new ArrayList<>();
        if (incident.footprint() != null) {
            footprints.add(incident.footprint());
        }
        for (LocatedReport report : incident.added()) {
            places.add(report.received().position());
            Geometry own = report.footprint();
            if (own != null && !own.equalsExact(incident.footprint())) {
                footprints.add(own);
            }
        }
        return surroundings
                .findDepartments(
                        incident.type(), policy.departmentTiers(rule), places, footprints, policy.sliverShare(), now)
                .orElse(null);
    }

    /** Of what is off the list only those grids have a task that were given it by an approved request. */
    private static List<String> delegatedGrids(Incident incident) {
        return incident.stored() == null
                ? List.of()
                : incident.stored().tasks().stream()
                        .filter(task -> task.tier() == Tier.GRID)
                        .map(TaskState::unitCode)
                        .toList();
    }

    /**
     * A route, and how its departments came about.
     *
     * @param departments that answer for it; absent where that is not known
     * @param wantsDepartments whether the routing table calls any
     */
    record Planned(Route route, @Nullable List<ResponsibleDepartment> departments, boolean wantsDepartments) {}
}
