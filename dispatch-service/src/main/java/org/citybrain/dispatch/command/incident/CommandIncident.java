package org.citybrain.dispatch.command.incident;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.incident.CarryOut.Concerned;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one way of every command on an incident, as one transaction: its key is locked and looked up, then cells and incidents are locked,
 * then it is checked, carried out, its answer kept and its audit line written. Commits synchronously.
 */
@Component
class CommandIncident {

    private final List<CarryOut<?>> kinds;
    private final PostgresCommandKeys keys;
    private final PostgresKnownIncidents incidents;
    private final OpenIncidents openIncidents;
    private final DecideAnew decideAnew;
    private final PostgresTransactions transactions;
    private final AuditTrail audit;
    private final Clock clock;
    private final Tracer tracer;

    CommandIncident(
            List<CarryOut<?>> kinds,
            PostgresCommandKeys keys,
            PostgresKnownIncidents incidents,
            OpenIncidents openIncidents,
            DecideAnew decideAnew,
            PostgresTransactions transactions,
            AuditTrail audit,
            Clock clock,
            Tracer tracer) {
        this.kinds = List.copyOf(kinds);
        this.keys = keys;
        this.incidents = incidents;
        this.openIncidents = openIncidents;
        this.decideAnew = decideAnew;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.tracer = tracer;
    }

    /**
     * Carries a command out, or answers as the first time where it was carried out before.
     *
     * @throws CommandRefused where nothing was done
     */
    IncidentCommanded command(UUID incident, Order order, CommandHeaders headers) {
        Person person = Person.findCurrent().orElseThrow(() -> CommandRefused.notFound(incident));
        CommandKey key = CommandKey.of(person, headers.key(), incident, order);
        while (true) {
            try {
                return transactions.answerCommand(() -> {
                    keys.lock(key);
                    IncidentCommanded before = keys.find(key);
                    return before != null ? before : carryOut(kind(order), incident, order, headers, key, person);
                });
            } catch (ChangedMeanwhile e) {
                // What was locked may not be what it concerns now. Each turn means that another command was carried
                // out, or that another policy came into force.
            }
        }
    }

    private <O extends Order> IncidentCommanded carryOut(
            CarryOut<O> kind, UUID id, Order given, CommandHeaders headers, CommandKey key, Person person) {
        O order = kind.orders().cast(given);
        KnownIncident before = seen(id, person);
        Policies policies = decideAnew.policiesAt(clock.instant());
        Concerned concerned = kind.concerned(before, order, policies);
        openIncidents.lockCells(concerned.cells());
        openIncidents.lock(concerned.incidents());

        KnownIncident incident = seen(id, person);
        check(incident, order.command(), headers.version(), person);
        Instant now = clock.instant();
        if (before.state().version() != incident.state().version()
                || !policies.versions().equals(decideAnew.policiesAt(now).versions())) {
            throw new ChangedMeanwhile();
        }
        var command = new CommandCase<>(order, incident, person, policies, now, traceId());
        UUID other = kind.carryOut(command);

        var commanded = new IncidentCommanded(
                order.command().path(),
                command.now(),
                incidents.get(id).state(),
                other == null ? null : incidents.get(other).state());
        keys.keep(key, id, commanded);
        audit.write(AuditLine.done("incident." + commanded.command(), id, auditDetail(order, commanded)));
        return commanded;
    }

    /** What lies outside the person's reach is not there. */
    private KnownIncident seen(UUID id, Person person) {
        return incidents
                .find(id)
                .filter(incident -> incident.isSeenBy(person))
                .orElseThrow(() -> CommandRefused.notFound(id));
    }

    private static void check(KnownIncident incident, IncidentCommand command, int decidedOn, Person person) {
        IncidentState now = incident.state();
        if (now.version() != decidedOn) {
            throw CommandRefused.stale(decidedOn, now);
        }
        if (IncidentMoves.next(now.status(), command).isEmpty()) {
            throw CommandRefused.illegalMove(command, now);
        }
        if (command.isOfTheCommander() && !incident.isCommandedBy(person)) {
            throw CommandRefused.notInCommand(person, now);
        }
    }

    private CarryOut<?> kind(Order order) {
        return kinds.stream()
                .filter(kind -> kind.orders() == order.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing carries out " + order.command()));
    }

    private @Nullable String traceId() {
        TraceContext trace = tracer.currentTraceContext().context();
        return trace == null ? null : trace.traceId();
    }

    private static Map<String, Object> auditDetail(Order order, IncidentCommanded commanded) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", order.why());
        detail.put("version", commanded.incident().version());
        if (commanded.other() != null) {
            detail.put("other", commanded.other().id());
        }
        return detail;
    }

    /** Between the look at what is to be locked and the locks, another command on the incident was carried out, or another policy came into force. */
    private static final class ChangedMeanwhile extends RuntimeException {

        private static final long serialVersionUID = 1;

        ChangedMeanwhile() {
            super(null, null, false, false);
        }
    }
}
