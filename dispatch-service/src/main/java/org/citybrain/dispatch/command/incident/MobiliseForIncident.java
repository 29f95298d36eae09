package org.citybrain.dispatch.command.incident;

import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The unit in command calls in units and departments of its own subtree. */
@Component
class MobiliseForIncident implements CarryOut<Mobilise> {

    private final CallIn callIn;
    private final MoveIncident moveIncident;

    MobiliseForIncident(CallIn callIn, MoveIncident moveIncident) {
        this.callIn = callIn;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.MOBILISE;
    }

    @Override
    public Class<Mobilise> orders() {
        return Mobilise.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Mobilise> command) {
        UnitCode commander = new UnitCode(command.before().state().commandingUnit());
        moveIncident.move(
                command,
                CommandName.MOBILISE,
                IncidentEventKind.MOBILISED,
                Map.of(),
                callIn.tasks(command, command.order().called(), commander),
                null);
        return null;
    }
}
