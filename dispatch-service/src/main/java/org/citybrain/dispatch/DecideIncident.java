package org.citybrain.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeIncident;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.locate.FootprintMeasure;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.locate.OnDuty;
import org.citybrain.dispatch.locate.Surroundings;
import org.citybrain.dispatch.picture.DescribePicture;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.Route;
import org.citybrain.dispatch.store.Decision;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Grades and routes one incident: measures what its reports add up to and asks the two rules. */
public final class DecideIncident {

    private final GovernanceMap inForce;
    private final LongFunction<GovernanceMap> maps;
    private final Policies policiesInForce;
    private final Function<PolicyVersions, Policies> pinnedPolicies;
    private final Surroundings surroundings;
    private final PlanRoute planRoute;
    private final OnDuty onDuty;
    private final Instant now;

    /**
     * @param inForce what the reports were located on, and what a new incident is decided on
     * @param maps the map to decide an open incident on, by the version that it was decided on before
     * @param policiesInForce what a new incident is decided by
     * @param pinnedPolicies what an open incident is decided by, by the versions that it was opened with
     */
    public DecideIncident(
            GovernanceMap inForce,
            LongFunction<GovernanceMap> maps,
            Policies policiesInForce,
            Function<PolicyVersions, Policies> pinnedPolicies,
            Surroundings surroundings,
            Instant now) {
        this.inForce = inForce;
        this.maps = maps;
        this.policiesInForce = policiesInForce;
        this.pinnedPolicies = pinnedPolicies;
        this.surroundings = surroundings;
        this.planRoute = new PlanRoute(surroundings, now);
        // Rosters are those of today, whatever map an incident was decided on.
        this.onDuty = new OnDuty(inForce, now);
        this.now = now;
    }

    Decision decide(Incident incident) {
        return decide(incident, incident.stored() == null);
    }

    /** For a rehearsal: nobody looks at the picture of an incident that never was. */
    public Decision decideWithoutPicture(Incident incident) {
        return decide(incident, false);
    }

    private Decision decide(Incident incident, boolean withPicture) {
        Policies policies = incident.stored() == null
                ? policiesInForce
                : pinnedPolicies.apply(incident.stored().policies());
        Item item = policies.catalogue().document().get(incident.type());
        GovernanceMap map = incident.stored() == null
                ? inForce
                : maps.apply(incident.stored().mapVersion());
        FootprintMeasure measure = measure(incident.footprint(), map);
        touchGrids(incident, measure, map, policies.routing().document().sliverShare());
        GradeInputs inputs = inputs(incident, item, measure, map);
        Grade grade = GradeIncident.grade(inputs, policies.grading().document());
        PlanRoute.Planned planned = planRoute.plan(
                incident,
                heldRule(incident, grade),
                item.delegable(),
                policies.routing().document());
        Route route = planned.route();
        return new Decision(
                incident,
                inputs,
                grade,
                route,
                ShareGrids.share(incident.units(), measure),
                map.version(),
                policies,
                onDuty.unattended(
                        route.tasks().stream().map(PlannedTask::unitCode).toList()),
                withPicture
                        ? DescribePicture.describe(
                                incident,
                                grade,
                                measure,
                                planned.departments(),
                                planned.wantsDepartments(),
                                map,
                                surroundings,
                                onDuty,
                                now)
                        : null);
    }

    /** Slivers are judged by each report's own footprint, so that it does not matter which reports came in one batch. */
    private void touchGrids(
            Incident incident, @Nullable FootprintMeasure joined, GovernanceMap map, double sliverShare) {
        for (LocatedReport report : incident.added()) {
            incident.touch(gridCode(report, map));
            Geometry own = report.footprint();
            FootprintMeasure measure =
                    own != null && own.equalsExact(incident.footprint()) ? joined : measure(own, map);
            if (measure != null) {
                measure.grids().stream()
                        .filter(grid -> grid.isMaterial(sliverShare))
                        .forEach(grid -> incident.touch(grid.code()));
            }
        }
    }

    /** Where the incident was decided on an earlier map, the grid that lay there then. */
    private String gridCode(LocatedReport report, GovernanceMap map) {
        return map == inForce
                ? report.gridCode()
                : map.findGrid(report.received().position()).orElse(report.gridCode());
    }

    /** The row of the routing table for what will hold, what a person gives included. */
    private static String heldRule(Incident incident, Grade grade) {
        PersonsWord word = incident.word();
        PersonsWord.Given given = word == null ? null : word.given();
        String held = heldByRule(incident, grade);
        if (given == null) {
            return held;
        }
        boolean counts = !given.atLeast()
                || (given.level() != null && given.level().isMoreSevereThan(Level.valueOf(held)))
                || (given.scope() != null && given.scope().isWiderThan(HandlingScope.valueOf(held)));
        return counts ? given.routingRule() : held;
    }

    /** A grade that is less severe than the stored one does not replace it, nor one that a person has decided otherwise. */
    private static String heldByRule(Incident incident, Grade grade) {
        Incident.Stored stored = incident.stored();
        boolean held = stored != null && stored.isHeldByPerson(grade.level(), grade.scope());
        if (stored != null && stored.level() != null && grade.level() != null) {
            return (held ? stored.level() : Level.moreSevere(stored.level(), grade.level())).name();
        }
        if (stored != null && stored.scope() != null && grade.scope() != null) {
            return (held ? stored.scope() : HandlingScope.wider(stored.scope(), grade.scope())).name();
        }
        return grade.routingRule();
    }

    private static GradeInputs inputs(
            Incident incident, Item item, @Nullable FootprintMeasure measure, GovernanceMap map) {
        Geometry uncounted = incident.uncountedFootprint();
        FootprintMeasure uncountedMeasure =
                uncounted != null && uncounted.equalsExact(incident.footprint()) ? measure : measure(uncounted, map);
        return new GradeInputs(
                item.defaults(),
                incident.peopleReported(),
                uncountedMeasure == null ? null : uncountedMeasure.people(),
                measure == null ? null : measure.areaSquareKilometers(),
                incident.deaths(),
                incident.seriousInjuries(),
                incident.lossYuan(),
                measure == null ? 0 : measure.keyPlaces().size(),
                incident.nothingKnown(),
                incident.sources().stream().map(DecideIncident::source).toList(),
                unitsAt(Tier.COMMUNITY, incident),
                unitsAt(Tier.STREET, incident));
    }

    private static @Nullable FootprintMeasure measure(@Nullable Geometry footprint, GovernanceMap map) {
        return footprint == null ? null : map.measure(footprint);
    }

    private static int unitsAt(Tier tier, Incident incident) {
        return (int) incident.units().stream()
                .map(grid -> grid.substring(0, tier.digits()))
                .distinct()
                .count();
    }

    private static GradeInputs.Source source(String key) {
        List<String> parts = List.of(key.split(":", 2));
        return new GradeInputs.Source(SourceKind.valueOf(parts.getFirst()), parts.getLast());
    }
}
