package org.citybrain.dispatch.checkin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.checkin.PostgresFeedback.GivenAs;
import org.citybrain.dispatch.command.CarryOutWidely;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.incident.ReopenIncident;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whoever has reported an incident, or works in it, says whether it is solved (评价), an operator also for a citizen. 'Not solved' reopens it,
 * in the same transaction.
 */
@Component
class GiveFeedback implements CarryOutWidely<Feedback> {

    private final PostgresFeedback feedback;
    private final ReopenIncident reopenIncident;
    private final IncidentTimeline timeline;

    GiveFeedback(PostgresFeedback feedback, ReopenIncident reopenIncident, IncidentTimeline timeline) {
        this.feedback = feedback;
        this.reopenIncident = reopenIncident;
        this.timeline = timeline;
    }

    @Override
    public CommandName command() {
        return CommandName.FEEDBACK;
    }

    @Override
    public Class<Feedback> orders() {
        return Feedback.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, Feedback order, Policies policies) {
        return order.isSolved()
                ? new Concerned(List.of(incident.state().id()), new TreeSet<>())
                : Concerned.withItsCell(incident);
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Feedback> command) {
        UUID incident = command.incidentId();
        GivenAs as = givenAs(command);
        int round = feedback.round(incident);
        if (as != GivenAs.CITIZEN
                && feedback.hasSpoken(incident, round, command.person().name())) {
            throw CommandRefused.conflict(
                    "ALREADY_GIVEN",
                    command.person().name() + " has given feedback since "
                            + command.before().state().number() + " was last resolved",
                    command.person().name(),
                    "each person's feedback once, and once more each time that it was reopened");
        }
        feedback.insert(command, round, as);
        // 'Solved' leaves the incident at its version: what one person says must make nobody else's command stale.
        timeline.tell(line(command, as), command.now());
        if (!command.order().isSolved()) {
            reopenIncident.reopen(command, Map.of("feedback", as));
        }
        return null;
    }

    private GivenAs givenAs(CommandCase<Feedback> command) {
        Person person = command.person();
        if (command.order().onBehalfOf() == Feedback.Principal.CITIZEN) {
            if (!person.is(Role.OPERATOR)) {
                throw notConcerned(person, "an operator, to speak for a citizen");
            }
            return GivenAs.CITIZEN;
        }
        if (feedback.hasReported(command.incidentId(), person.name())) {
            return GivenAs.REPORTER;
        }
        // Whose unit is a grid sees the incident only where it touches that grid, or was dispatched to it.
        if (person.is(Role.GRID_WORKER)
                && person.unit() != null
                && person.unit().tier() == Tier.GRID) {
            return GivenAs.WORKER;
        }
        throw notConcerned(
                person, "somebody who has reported it, a worker of one of its grids, or an operator for a citizen");
    }

    private static CommandRefused notConcerned(Person person, String expected) {
        return CommandRefused.forbidden(
                "NOT_CONCERNED",
                person.name() + " has neither reported the incident nor works in one of its grids",
                person.name(),
                expected);
    }

    private static IncidentTimeline.Line line(CommandCase<Feedback> command, GivenAs as) {
        Feedback order = command.order();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("as", as);
        detail.put("solved", order.isSolved());
        if (order.satisfaction() != null) {
            detail.put("satisfaction", order.satisfaction());
        }
        return command.line(IncidentEventKind.FEEDBACK, detail);
    }
}
