package org.citybrain.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeIncident;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.locate.FootprintMeasure;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.route.Route;
import org.citybrain.dispatch.route.RouteIncident;
import org.citybrain.dispatch.store.Decision;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Grades and routes one incident: measures what its reports add up to and asks the two rules. */
final class DecideIncident {

    private final GovernanceMap inForce;
    private final LongFunction<GovernanceMap> maps;
    private final Policies policies;
    private final Instant now;

    /**
     * @param inForce what the reports were located on, and what a new incident is decided on
     * @param maps the map to decide an open incident on, by the version that it was decided on before
     */
    DecideIncident(GovernanceMap inForce, LongFunction<GovernanceMap> maps, Policies policies, Instant now) {
        this.inForce = inForce;
        this.maps = maps;
        this.policies = policies;
        this.now = now;
    }

    Decision decide(Incident incident) {
        Item item = policies.catalogue().document().get(incident.type());
        GovernanceMap map = incident.stored() == null
                ? inForce
                : maps.apply(incident.stored().mapVersion());
        FootprintMeasure measure = measure(incident.footprint(), map);
        touchGrids(incident, measure, map);
        Grade grade = GradeIncident.grade(
                inputs(incident, item, measure, map), policies.grading().document());
        Route route = RouteIncident.route(
                heldRule(incident, grade),
                incident.units(),
                item.delegable(),
                policies.routing().document());
        return new Decision(
                incident,
                grade,
                route,
                ShareGrids.share(incident.units(), measure),
                map.version(),
                incident.stored() == null ? DescribePicture.describe(incident, grade, measure, map, now) : null);
    }

    /** Slivers are judged by each report's own footprint, so that it does not matter which reports came in one batch. */
    private void touchGrids(Incident incident, @Nullable FootprintMeasure joined, GovernanceMap map) {
        double sliverShare = policies.routing().document().sliverShare();
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

    /** The row of the routing table for what will hold: a grade that is less severe than the stored one does not replace it. */
    private static String heldRule(Incident incident, Grade grade) {
        Incident.Stored stored = incident.stored();
        if (stored != null && stored.level() != null && grade.level() != null) {
            return Level.moreSevere(stored.level(), grade.level()).name();
        }
        if (stored != null && stored.scope() != null && grade.scope() != null) {
            return HandlingScope.wider(stored.scope(), grade.scope()).name();
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
