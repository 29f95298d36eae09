package org.citybrain.dispatch.store;

import java.util.List;
import java.util.Set;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of one incident.
 *
 * @param inputs what it was graded by
 * @param shares one for each grid that it lies in
 * @param policies what it was decided by: of an open incident those that it was opened with
 * @param unattended units of the route, and above them, where nobody is on duty by the roster
 * @param picture for a new incident what is known around it; absent for one that was open already
 */
public record Decision(
        Incident incident,
        GradeInputs inputs,
        Grade grade,
        Route route,
        List<GridShare> shares,
        long mapVersion,
        Policies policies,
        Set<String> unattended,
        @Nullable Picture picture) {

    public Decision {
        shares = List.copyOf(shares);
        unattended = Set.copyOf(unattended);
    }

    /** The same with a picture that says more. */
    public Decision with(Picture fuller) {
        return new Decision(incident, inputs, grade, route, shares, mapVersion, policies, unattended, fuller);
    }
}
