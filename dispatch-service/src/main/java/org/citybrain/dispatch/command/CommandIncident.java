package org.citybrain.dispatch.command;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.citybrain.access.Person;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.MayCommand;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.AnswerOnce.CarriedOut;
import org.citybrain.dispatch.command.AnswerOnce.ChangedMeanwhile;
import org.citybrain.dispatch.command.CarryOutWidely.Concerned;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * The one way of every command on an incident, on one of its tasks or its check-ins, as one transaction: its key is locked and looked up, then
 * cells and incidents are locked, then it is checked, carried out, its answer kept and its audit line written.
 */
@Component
class CommandIncident {

    private final CommandKinds kinds;
    private final AnswerOnce answerOnce;
    private final PostgresKnownIncidents incidents;
    private final OpenIncidents openIncidents;
    private final DecideAnew decideAnew;
    private final Clock clock;

    CommandIncident(
            CommandKinds kinds,
            AnswerOnce answerOnce,
            PostgresKnownIncidents incidents,
            OpenIncidents openIncidents,
            DecideAnew decideAnew,
            Clock clock) {
        this.kinds = kinds;
        this.answerOnce = answerOnce;
        this.incidents = incidents;
        this.openIncidents = openIncidents;
        this.decideAnew = decideAnew;
        this.clock = clock;
    }

    /**
     * Carries a command out, or answers as the first time where it was carried out before.
     *
     * @param id of the incident, task or check-in
     * @throws CommandRefused where nothing was done
     */
    <O extends Order> Commanded command(CarryOut<O> kind, UUID id, Order given, CommandHeaders headers) {
        O order = kind.orders().cast(given);
        SubjectKind on = kind.command().subject();
        Person person = Person.findCurrent().orElseThrow(() -> CommandRefused.notFound(on, id));
        CommandKey key = CommandKey.of(person, headers.key(), kind.command(), id, order);
        return answerOnce.answer(key, () -> carryOut(kind, id, order, headers, person));
    }

    private <O extends Order> CarriedOut carryOut(
            CarryOut<O> kind, UUID id, O order, CommandHeaders headers, Person person) {
        CommandName name = kind.command();
        UUID incidentId = incidentId(name.subject(), id);
        Predicate<KnownIncident> isAsLocked = lock(kind, incidentId, id, order, person);

        KnownIncident incident = seen(incidentId, name.subject(), id, person);
        Subject subject = subject(name.subject(), id, incident);
        check(incident, subject, name, answerOnce.decidedOn(headers, person, subject), person);
        if (!isAsLocked.test(incident)) {
            throw new ChangedMeanwhile();
        }
        Instant now = clock.instant();
        UUID other = kind.carryOut(new CommandCase<>(
                order, subject, incident, person, decideAnew.policiesAt(now), now, MDC.get("traceId")));

        KnownIncident changed = incidents.get(incidentId);
        Subject changedSubject = subject(name.subject(), id, changed);
        Commanded answer = Commanded.of(
                name,
                now,
                changed.state(),
                other == null ? null : incidents.get(other).state(),
                changedSubject);
        return new CarriedOut(answer, changedSubject, now, auditDetail(order, changedSubject, other));
    }

    private UUID incidentId(SubjectKind on, UUID id) {
        return on == SubjectKind.INCIDENT
                ? id
                : kinds.subjects(on)
                        .find(id)
                        .orElseThrow(() -> CommandRefused.notFound(on, id))
                        .incidentId();
    }

    /**
     * Locks what the command concerns.
     *
     * @return whether the incident, now that it is locked, is still the one by which that was known
     */
    private <O extends Order> Predicate<KnownIncident> lock(
            CarryOut<O> kind, UUID incidentId, UUID id, O order, Person person) {
        if (!(kind instanceof CarryOutWidely<O> widely)) {
            openIncidents.lock(List.of(incidentId));
            return locked -> true;
        }
        KnownIncident before = seen(incidentId, kind.command().subject(), id, person);
        Policies policies = decideAnew.policiesAt(clock.instant());
        Concerned concerned = widely.concerned(before, order, policies);
        openIncidents.lockCells(concerned.cells());
        openIncidents.lock(concerned.incidents());
        return locked -> before.state().version() == locked.state().version()
                && policies.versions()
                        .equals(decideAnew.policiesAt(clock.instant()).versions());
    }

    /** What lies outside the person's reach is not there. */
    private KnownIncident seen(UUID incidentId, SubjectKind on, UUID id, Person person) {
        return incidents
                .find(incidentId)
                .filter(incident -> incident.isSeenBy(person))
                .orElseThrow(() -> CommandRefused.notFound(on, id));
    }

    private Subject subject(SubjectKind on, UUID id, KnownIncident incident) {
        return on == SubjectKind.INCIDENT
                ? Subject.of(incident)
                : kinds.subjects(on).find(id).orElseThrow(() -> CommandRefused.notFound(on, id));
    }

    private void check(KnownIncident incident, Subject subject, CommandName command, int decidedOn, Person person) {
        if (subject.version() != decidedOn) {
            throw CommandRefused.stale(decidedOn, subject);
        }
        if (command.subject() != SubjectKind.INCIDENT) {
            kinds.subjects(command.subject()).check(subject, incident, command, person);
            return;
        }
        IncidentState now = incident.state();
        if (IncidentMoves.next(now.status(), command).isEmpty()) {
            throw CommandRefused.illegalMove(command, subject, now.status(), IncidentMoves.allowed(now.status()));
        }
        if (!MayCommand.ofIncident(person, command, now.commandingUnit(), incident.workingUnits())) {
            throw CommandRefused.notInCommand(command, person, now);
        }
    }

    private static Map<String, Object> auditDetail(Order order, Subject subject, @Nullable UUID other) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", order.why());
        detail.put("version", subject.version());
        if (subject.kind() != SubjectKind.INCIDENT) {
            detail.put("incident", subject.incidentId());
        }
        if (other != null) {
            detail.put("other", other);
        }
        return detail;
    }
}
