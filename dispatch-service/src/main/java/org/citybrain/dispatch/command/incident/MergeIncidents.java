package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.springframework.stereotype.Component;

/**
 * Two incidents are one: the reports, sums, units and labels of the first go into the other, which is graded and routed anew and has at
 * least the level that the first one had; the first is closed and points to it.
 */
@Component
class MergeIncidents implements CarryOut<Order.Merge> {

    private final PostgresKnownIncidents incidents;
    private final OpenIncidents openIncidents;
    private final DecideAnew decideAnew;
    private final PostgresBatchStore store;
    private final PostgresIncidentChanges changes;
    private final MoveReports moveReports;

    MergeIncidents(
            PostgresKnownIncidents incidents,
            OpenIncidents openIncidents,
            DecideAnew decideAnew,
            PostgresBatchStore store,
            PostgresIncidentChanges changes,
            MoveReports moveReports) {
        this.incidents = incidents;
        this.openIncidents = openIncidents;
        this.decideAnew = decideAnew;
        this.store = store;
        this.changes = changes;
        this.moveReports = moveReports;
    }

    @Override
    public Class<Order.Merge> orders() {
        return Order.Merge.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, Order.Merge order, Policies policies) {
        UUID id = incident.state().id();
        UUID survivor = order.survivor();
        if (survivor.equals(id)) {
            throw CommandRefused.badBody("into", survivor.toString(), "another incident than the one that is merged");
        }
        TreeSet<Long> cells = new TreeSet<>(List.of(incident.cell()));
        incidents.find(survivor).ifPresent(other -> cells.add(other.cell()));
        return new Concerned(List.of(id, survivor), cells);
    }

    @Override
    public UUID carryOut(CommandCase<Order.Merge> command) {
        UUID from = command.incidentId();
        KnownIncident known = checkedSurvivor(command);
        UUID to = known.state().id();
        Incident merged = openIncidents.read(List.of(from)).getFirst();
        Incident survivor = openIncidents.read(List.of(to)).getFirst();
        survivor.absorb(merged);
        IncidentState before = command.before().state();
        survivor.decidedBy(command.word(IncidentEventKind.TOOK_IN)
                .telling("incident", from)
                .telling("number", before.number())
                .telling("reports", before.reportCount())
                .giving(new PersonsWord.Given(before.level(), before.scope(), true)));

        store.storeCommand(decideAnew.decide(List.of(survivor), command.policies(), command.now()));
        moveReports.moveAll(from, known);
        changes.close(
                command.before(),
                command.word(IncidentEventKind.MERGED_INTO)
                        .telling("mergedInto", to)
                        .telling("mergedIntoNumber", known.state().number()),
                IncidentStatus.MERGED,
                to,
                command.now());
        return to;
    }

    private KnownIncident checkedSurvivor(CommandCase<Order.Merge> command) {
        UUID id = command.order().survivor();
        KnownIncident known = incidents
                .find(id)
                .filter(other -> other.isSeenBy(command.person()))
                .orElseThrow(() -> CommandRefused.notFound(id));
        KnownIncident merged = command.before();
        if (IncidentMoves.next(known.state().status(), IncidentCommand.MERGE).isEmpty()) {
            throw CommandRefused.illegalMove(IncidentCommand.MERGE, known.state());
        }
        if (!known.isCommandedBy(command.person())) {
            throw CommandRefused.notInCommand(command.person(), known.state());
        }
        boolean bothHaveLevels =
                (known.state().level() == null) == (merged.state().level() == null);
        if (!decideAnew.goTogether(merged.type(), known.type(), known.policies()) || !bothHaveLevels) {
            throw CommandRefused.conflict(
                    "TYPES_APART",
                    merged.type() + " and " + known.type() + " do not go together",
                    known.type(),
                    "an incident of type " + merged.type()
                            + ", or of one that goes together with it by the correlation policy that the other was opened with");
        }
        MoveReports.checkNumber(merged.state(), IncidentCommand.MERGE);
        return known;
    }
}
