package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.UUID;
import org.citybrain.access.Role;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * It is so: the person corroborates the incident as their own report would, so what waited at III gets the level that its inputs give. Its
 * sources were right; those that are named should have reported and did not.
 */
@Component
class ConfirmIncident implements CarryOut<Confirm> {

    private final OpenIncidents openIncidents;
    private final DecideAnew decideAnew;
    private final PostgresBatchStore store;
    private final PostgresSourceLabels labels;

    ConfirmIncident(
            OpenIncidents openIncidents, DecideAnew decideAnew, PostgresBatchStore store, PostgresSourceLabels labels) {
        this.openIncidents = openIncidents;
        this.decideAnew = decideAnew;
        this.store = store;
        this.labels = labels;
    }

    @Override
    public CommandName command() {
        return CommandName.CONFIRM;
    }

    @Override
    public Class<Confirm> orders() {
        return Confirm.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Confirm> command) {
        List<String> missed = command.order().missed();
        checkMissed(command.incidentId(), missed);
        SourceKind kind = command.person().is(Role.OPERATOR) ? SourceKind.OPERATOR : SourceKind.GRID_WORKER;
        Incident incident = openIncidents.read(List.of(command.incidentId())).getFirst();
        incident.vouchedForBy(kind, command.person().name());
        PersonsWord word = command.word(IncidentEventKind.CONFIRMED).telling("as", kind.name());
        incident.decidedBy(missed.isEmpty() ? word : word.telling("missedBy", missed));

        store.storeCommand(decideAnew.decide(List.of(incident), command.policies(), command.now()));
        labels.labelReporters(command, "CONFIRMED");
        labels.labelMissed(command, missed);
        return null;
    }

    private void checkMissed(UUID incident, List<String> missed) {
        if (missed.isEmpty()) {
            return;
        }
        List<String> unknown = labels.unknown(missed);
        if (!unknown.isEmpty()) {
            throw CommandRefused.badBody("missedBy", unknown.getFirst(), "ids of registered sources");
        }
        List<String> reported = labels.reported(incident, missed);
        if (!reported.isEmpty()) {
            throw CommandRefused.badBody(
                    "missedBy", reported.getFirst(), "sources that have not reported this incident");
        }
    }
}
