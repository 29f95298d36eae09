package org.citybrain.dispatch;

import java.time.Instant;
import java.util.List;
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

    private final GovernanceMap map;
    private final Policies policies;
    private final Instant now;

    DecideIncident(GovernanceMap map, Policies policies, Instant now) {
        this.map = map;
        this.policies = policies;
        this.now = now;
    }

    Decision decide(Incident incident) {
        Item item = policies.catalogue().document().get(incident.type());
        FootprintMeasure measure = measure(incident.footprint());
        touchGrids(incident, measure);
        Grade grade = GradeIncident.grade(
                inputs(incident, item, measure), policies.grading().document());
        Route route = RouteIncident.route(
                heldRule(incident, grade),
                incident.units(),
                item.delegable(),
                policies.routing().document());
        return new Decision(
                incident,
                grade,
                route,
                map.version(),
                incident.stored() == null ? DescribePicture.describe(incident, grade, measure, map, now) : null);
    }

    /** Slivers are judged by each report's own footprint, so that it does not matter which reports came in one batch. */
    private void touchGrids(Incident incident, @Nullable FootprintMeasure joined) {
        double sliverShare = policies.routing().document().sliverShare();
        for (LocatedReport report : incident.added()) {
            Geometry own = report.footprint();
            FootprintMeasure measure = own != null && own.equalsExact(incident.footprint()) ? joined : measure(own);
            if (measure != null) {
                measure.grids().stream()
                        .filter(grid -> grid.isMaterial(sliverShare))
                        .forEach(grid -> incident.touch(grid.code()));
            }
        }
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

    private GradeInputs inputs(Incident incident, Item item, @Nullable FootprintMeasure measure) {
        Geometry uncounted = incident.uncountedFootprint();
        FootprintMeasure uncountedMeasure =
                uncounted != null && uncounted.equalsExact(incident.footprint()) ? measure : measure(uncounted);
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

    private @Nullable FootprintMeasure measure(@Nullable Geometry footprint) {
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
