package org.citybrain.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.CorrelateReports;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.LocateReports;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.picture.AddNearIncidents;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.route.ResolveWithin;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.dispatch.store.BatchResult;
import org.citybrain.dispatch.store.Decision;
import org.springframework.stereotype.Component;

/** What the rules say of incidents that a person has changed: the same steps as for a batch, while the command's locks are held. */
@Component
public class DecideAnew {

    private final CurrentMap currentMap;
    private final PostgresPolicies currentPolicies;
    private final AddNearIncidents addNearIncidents;

    DecideAnew(CurrentMap currentMap, PostgresPolicies currentPolicies, AddNearIncidents addNearIncidents) {
        this.currentMap = currentMap;
        this.currentPolicies = currentPolicies;
        this.addNearIncidents = addNearIncidents;
    }

    /** The policies in force at the moment of a command: what a new incident is decided by. */
    public Policies policiesAt(Instant moment) {
        return currentPolicies.at(moment);
    }

    /** Whether reports of this type may go into an incident of the other one, which was opened with these policies. */
    public boolean goTogether(String type, String other, PolicyVersions openedWith) {
        var correlation = currentPolicies.of(openedWith).correlation().document();
        return correlation.groupOf(type).equals(correlation.groupOf(other));
    }

    /** The routing table that an incident was opened with. */
    public RoutingPolicy routing(PolicyVersions openedWith) {
        return currentPolicies.of(openedWith).routing().document();
    }

    /** How long tasks have from now on that are given beside the route. */
    public ResolveWithin resolveWithin(Instant now) {
        return new ResolveWithin(currentMap.surroundings().calendars(), now);
    }

    /** By which cells incidents are found that were opened with these policies, and how they wander. */
    public CorrelateReports correlation(PolicyVersions openedWith) {
        return correlation(currentPolicies.of(openedWith));
    }

    /** The same for an incident that is opened with these. */
    public CorrelateReports correlation(Policies policies) {
        return new CorrelateReports(policies.correlatedBy(), List.of());
    }

    /**
     * Finds the grid of a stored report on the map in force, or on the one that its incident was decided on.
     *
     * @throws IllegalStateException if it lies in no grid of either
     */
    public LocatedReport locate(ConsumedReport report, long mapVersion) {
        GovernanceMap inForce = currentMap.get();
        return LocateReports.locate(report, inForce)
                .or(() -> currentMap.find(mapVersion).flatMap(former -> LocateReports.locate(report, former)))
                .orElseThrow(() -> new IllegalStateException("no grid of map version " + inForce.version() + " or "
                        + mapVersion + " holds report " + report.reportId()));
    }

    /**
     * Grades and routes these incidents, each by the policies and on the map that it was opened with.
     *
     * @param policies in force at this moment: what a new incident is decided by
     * @throws IllegalStateException if one was decided on a version of the map that is not read yet: a little later it is
     */
    public BatchResult decide(List<Incident> incidents, Policies policies, Instant now) {
        GovernanceMap map = currentMap.at(now);
        currentPolicies.fetch(incidents.stream()
                .map(Incident::stored)
                .filter(Objects::nonNull)
                .map(Incident.Stored::policies)
                .collect(Collectors.toSet()));
        DecideIncident decideIncident = new DecideIncident(
                map,
                version -> currentMap.find(version).orElse(map),
                policies,
                currentPolicies::of,
                currentMap.surroundings(),
                now);
        List<Decision> decisions = incidents.stream()
                .peek(incident -> requireRead(incident, map))
                .map(decideIncident::decide)
                .toList();
        return new BatchResult(List.of(), addNearIncidents.add(decisions, now), policies, now);
    }

    private void requireRead(Incident incident, GovernanceMap map) {
        Incident.Stored stored = incident.stored();
        if (stored != null
                && stored.mapVersion() > map.version()
                && currentMap.find(stored.mapVersion()).isEmpty()) {
            throw new IllegalStateException("map version " + map.version() + " is in use here, and incident "
                    + incident.id() + " was decided on " + stored.mapVersion() + " already");
        }
    }
}
