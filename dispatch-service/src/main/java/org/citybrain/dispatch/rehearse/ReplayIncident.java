package org.citybrain.dispatch.rehearse;

import java.util.List;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeIncident;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.dispatch.policy.PolicyKind;
import org.citybrain.dispatch.rehearse.Replayed.Attempt;
import org.citybrain.dispatch.route.Route;
import org.citybrain.dispatch.route.RouteIncident;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides a stored incident twice, by the rules that dispatch itself uses: with the policy versions that it was decided with, which must
 * give what is stored, or nothing could be said of it; and with the candidate in the place of its kind. A plain function.
 */
final class ReplayIncident {

    private final Candidate candidate;
    private final PolicyHistory history;

    ReplayIncident(Candidate candidate, PolicyHistory history) {
        this.candidate = candidate;
        this.history = history;
    }

    /**
     * Whether the incident's columns do not tell what its level was reached by: they hold the newest inputs, and a level that was reached by
     * earlier ones is not lowered. Its grade record tells.
     */
    boolean needsRecord(StoredIncident incident) {
        if (!isGrading() || incident.gradedByPerson() || incident.keyPlaces() == null) {
            return false;
        }
        GradingPolicy own = history.grading(incident.gradingVersion());
        ItemCatalogue catalogue = history.catalogue(incident.catalogueVersion());
        Item item = catalogue == null ? null : catalogue.find(incident.type()).orElse(null);
        return own != null
                && item != null
                && !gives(incident, GradeIncident.grade(incident.inputs(item.defaults()), own));
    }

    /** @param record the incident's grade record, where it was needed */
    Attempt replay(StoredIncident incident, @Nullable GradeRecord record) {
        GradingPolicy grading = history.grading(incident.gradingVersion());
        RoutingPolicy routing = history.routing(incident.routingVersion());
        ItemCatalogue catalogue = history.catalogue(incident.catalogueVersion());
        if (routing == null || catalogue == null || (grading == null && isGrading())) {
            return Attempt.failed(
                    NotReplayable.POLICY_UNKNOWN,
                    "grading " + incident.gradingVersion() + ", routing " + incident.routingVersion()
                            + ", item catalogue " + incident.catalogueVersion());
        }
        Item item = catalogue.find(incident.type()).orElse(null);
        if (item == null) {
            return Attempt.failed(NotReplayable.TYPE_UNKNOWN, incident.type());
        }
        GradeInputs inputs = record != null ? record.inputs() : inputs(incident, item);
        if (isGrading() && inputs == null && !incident.gradedByPerson()) {
            return Attempt.failed(NotReplayable.NO_INPUTS, "");
        }
        Grade grade = inputs == null || grading == null ? null : GradeIncident.grade(inputs, grading);
        if (isGrading() && !incident.gradedByPerson() && (grade == null || !gives(incident, grade))) {
            return Attempt.failed(NotReplayable.DIFFERS, incident.type());
        }
        Route route = route(incident, label(incident), item.delegable(), routing);
        Decided before = new Decided(
                incident.level(), incident.scope(), grade, inputs, incident.commandingUnit(), route.tasks());
        try {
            return after(incident, before, route, item, grading, routing);
        } catch (RuntimeException e) {
            return Attempt.failed(NotReplayable.RULE_FAILED, incident.type() + ": " + e.getMessage());
        }
    }

    private Attempt after(
            StoredIncident incident,
            Decided before,
            Route route,
            Item item,
            @Nullable GradingPolicy grading,
            RoutingPolicy routing) {
        Item itemAfter = candidate.catalogue() == null
                ? item
                : candidate.catalogue().find(incident.type()).orElse(null);
        if (itemAfter == null) {
            return Attempt.failed(NotReplayable.TYPE_UNKNOWN, incident.type());
        }
        GradeInputs inputs = before.inputs();
        Grade grade = before.grade();
        String label = before.label();
        boolean regrades = isGrading() && !incident.gradedByPerson();
        if (regrades && inputs != null) {
            GradeInputs inputsAfter = candidate.catalogue() == null ? inputs : inputs.with(itemAfter.defaults());
            GradingPolicy policy = candidate.grading() == null ? grading : candidate.grading();
            if (policy == null) {
                throw new IllegalStateException("there is no grading policy");
            }
            inputs = inputsAfter;
            grade = GradeIncident.grade(inputsAfter, policy);
            label = grade.routingRule();
        }
        RoutingPolicy routingAfter = candidate.routing() == null ? routing : candidate.routing();
        boolean sameRoute = candidate.routing() == null
                && label.equals(before.label())
                && itemAfter.delegable() == item.delegable();
        Route routeAfter = sameRoute ? route : route(incident, label, itemAfter.delegable(), routingAfter);
        // A command that people have moved stays where they put it, as long as the rules say the same as before.
        String commandingUnit = routeAfter.commandingUnit().equals(route.commandingUnit())
                ? before.commandingUnit()
                : routeAfter.commandingUnit();
        Decided after = new Decided(
                regrades && grade != null ? grade.level() : before.level(),
                regrades && grade != null ? grade.scope() : before.scope(),
                grade,
                inputs,
                commandingUnit,
                routeAfter.tasks());
        return Attempt.of(new Replayed(
                incident.id(), incident.type(), incident.peopleAffected(), before, after, routing, routingAfter));
    }

    private boolean isGrading() {
        return candidate.kind() == PolicyKind.GRADING || candidate.kind() == PolicyKind.ITEM_CATALOGUE;
    }

    private static @Nullable GradeInputs inputs(StoredIncident incident, Item item) {
        return incident.keyPlaces() == null ? null : incident.inputs(item.defaults());
    }

    private static boolean gives(StoredIncident incident, Grade grade) {
        return grade.level() == incident.level() && grade.scope() == incident.scope();
    }

    private static String label(StoredIncident incident) {
        return incident.level() != null ? incident.level().name() : String.valueOf(incident.scope());
    }

    private static Route route(StoredIncident incident, String rule, boolean delegable, RoutingPolicy policy) {
        List<String> grids = incident.grids();
        return RouteIncident.route(rule, grids, delegable, policy);
    }
}
