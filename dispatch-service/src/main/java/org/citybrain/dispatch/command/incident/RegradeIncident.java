package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.DecideAnew;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.IncidentState;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A person gives another level or scope than the rule: the only way down. It holds until the rule gives more than it gave when the person
 * decided.
 */
@Component
class RegradeIncident implements CarryOut<Regrade> {

    private final OpenIncidents openIncidents;
    private final DecideAnew decideAnew;
    private final PostgresBatchStore store;

    RegradeIncident(OpenIncidents openIncidents, DecideAnew decideAnew, PostgresBatchStore store) {
        this.openIncidents = openIncidents;
        this.decideAnew = decideAnew;
        this.store = store;
    }

    @Override
    public CommandName command() {
        return CommandName.REGRADE;
    }

    @Override
    public Class<Regrade> orders() {
        return Regrade.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Regrade> command) {
        Regrade order = command.order();
        IncidentState before = command.before().state();
        if ((before.level() == null) != (order.level() == null)) {
            throw order.level() == null
                    ? CommandRefused.badBody(
                            "scope", String.valueOf(order.scope()), "a level: only everyday matters have a scope")
                    : CommandRefused.badBody(
                            "level", String.valueOf(order.level()), "a scope: an everyday matter has no level");
        }
        Incident incident = openIncidents.read(List.of(command.incidentId())).getFirst();
        incident.decidedBy(command.word(IncidentEventKind.REGRADED)
                .telling("from", String.valueOf(before.level() == null ? before.scope() : before.level()))
                .giving(new PersonsWord.Given(order.level(), order.scope(), false)));

        store.storeCommand(decideAnew.decide(List.of(incident), command.policies(), command.now()));
        return null;
    }
}
