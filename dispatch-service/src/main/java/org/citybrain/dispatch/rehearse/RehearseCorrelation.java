package org.citybrain.dispatch.rehearse;

import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.springframework.stereotype.Component;

/**
 * Rehearses a correlation policy, in two passes over the reports of a period in the order of their receipt. The first puts them together
 * again by place, type and time alone and notes which incidents would have other reports. The second adds up only those, whole, and grades
 * and routes them by the policy versions and on the map that they were decided with.
 */
@Component
class RehearseCorrelation {

    /** The first pass reads less and the second decides more. */
    static final double SHARE_OF_FIRST_PASS = 0.5;

    private final PostgresStoredReports storedReports;
    private final PostgresDecidedIncidents decidedIncidents;
    private final PostgresPolicies currentPolicies;
    private final CurrentMap currentMap;

    RehearseCorrelation(
            PostgresStoredReports storedReports,
            PostgresDecidedIncidents decidedIncidents,
            PostgresPolicies currentPolicies,
            CurrentMap currentMap) {
        this.storedReports = storedReports;
        this.decidedIncidents = decidedIncidents;
        this.currentPolicies = currentPolicies;
        this.currentMap = currentMap;
    }

    RehearsalResult rehearse(Candidate candidate, PolicyHistory history, Period period, Course course) {
        if (candidate.correlation() == null) {
            throw new IllegalArgumentException(candidate.kind() + ": expected a correlation policy");
        }
        long begun = System.nanoTime();
        try (PostgresStoredReports.Reading reports = storedReports.open(period)) {
            Policies inForce = currentPolicies.current();
            PutTogether putTogether = new PutTogether(
                    candidate.correlation(),
                    inForce.catalogue().document(),
                    decidedIncidents,
                    period,
                    SHARE_OF_FIRST_PASS / Math.max(1, reports.count()),
                    course);
            reports.forEach(putTogether::take);
            putTogether.end();
            Regrouped regrouped = putTogether.regrouped();
            DecideAgain decideAgain =
                    new DecideAgain(decidedIncidents, inForce, currentMap, regrouped, history, course);
            reports.forEachOf(regrouped.touched(), decideAgain::take);
            decideAgain.end();
            course.advance(1 - course.progress());
            return decideAgain.result(period, putTogether.unknownTypes(), begun);
        }
    }
}
