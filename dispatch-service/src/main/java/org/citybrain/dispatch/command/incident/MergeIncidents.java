package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.CarryOutWidely;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.IncidentState;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.PostgresKnownIncidents;
import org.citybrain.dispatch.command.Subject;
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
 * least the level that the first one had; the first is closed and points to it. What is resolved already takes nothing in: it is reopened first.
 */
@Component
class MergeIncidents implements CarryOutWidely<Merge> {

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
    public CommandName command() {
        return CommandName.MERGE;
    }

    @Override
    public Class<Merge> orders() {
        return Merge.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, Merge order, Policies policies) {
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
    public UUID carryOut(CommandCase<Merge> command) {
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
                command.line(IncidentEventKind.MERGED_INTO, Map.of("mergedInto", to))
                        .telling("mergedIntoNumber", known.state().number()),
                IncidentStatus.MERGED,
                to,
                command.now());
        return to;
    }

    private KnownIncident checkedSurvivor(CommandCase<Merge> command) {
        UUID id = command.order().survivor();
        KnownIncident known = incidents
                .find(id)
                .filter(other -> other.isSeenBy(command.person()))
                .orElseThrow(() -> CommandRefused.notFound(SubjectKind.INCIDENT, id));
        KnownIncident merged = command.before();
        IncidentStatus status = known.state().status();
        if (status == IncidentStatus.RESOLVED
                || IncidentMoves.next(status, CommandName.MERGE).isEmpty()) {
            throw CommandRefused.illegalMove(
                    CommandName.MERGE,
                    Subject.of(known),
                    status,
                    IncidentMoves.allowed(status).stream()
                            .filter(allowed -> allowed != CommandName.MERGE)
                            .toList());
        }
        if (!known.isCommandedBy(command.person())) {
            throw CommandRefused.notInCommand(CommandName.MERGE, command.person(), known.state());
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
        MoveReports.checkNumber(merged.state(), CommandName.MERGE);
        return known;
    }
}
