package org.citybrain.dispatch.rehearse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.locate.Surroundings;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.Lying;
import org.citybrain.dispatch.route.CallDepartments;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.RoutingPolicy;

/**
 * Calls the departments of incidents for which the candidate may call others: by the responsibility areas of today on both sides, so that
 * what differs is the candidate's doing.
 */
final class CallAgain {

    private final PostgresDecidedIncidents incidents;
    private final Surroundings surroundings;
    private final Instant now;

    CallAgain(PostgresDecidedIncidents incidents, Surroundings surroundings, Instant now) {
        this.incidents = incidents;
        this.surroundings = surroundings;
        this.now = now;
    }

    List<Replayed> call(List<Replayed> replayed) {
        Map<UUID, Lying> places =
                incidents.places(replayed.stream().map(Replayed::id).toList());
        return replayed.stream()
                .map(incident -> {
                    Lying place = places.get(incident.id());
                    return place == null
                            ? incident
                            : incident.with(
                                    call(incident, incident.before(), incident.routingBefore(), place),
                                    call(incident, incident.after(), incident.routingAfter(), place));
                })
                .toList();
    }

    private List<PlannedTask> call(Replayed incident, Decided decided, RoutingPolicy routing, Lying place) {
        return surroundings
                .findDepartments(
                        incident.type(),
                        routing.departmentTiers(decided.label()),
                        List.of(place.position()),
                        place.footprint() == null ? List.of() : List.of(place.footprint()),
                        routing.sliverShare(),
                        now)
                .map(departments -> CallDepartments.call(decided.label(), departments, routing))
                .orElse(List.of());
    }
}
