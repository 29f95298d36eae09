package org.citybrain.dispatch.command.incident;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A unit above the one that asked gives it support: units and departments of its own subtree, each with a task. What the city asks for, the city grants. */
@Component
class GrantSupportForIncident implements CarryOut<GrantSupport> {

    private final SupportQueries requests;
    private final CallIn callIn;
    private final MoveIncident moveIncident;

    GrantSupportForIncident(SupportQueries requests, CallIn callIn, MoveIncident moveIncident) {
        this.requests = requests;
        this.callIn = callIn;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.GRANT_SUPPORT;
    }

    @Override
    public Class<GrantSupport> orders() {
        return GrantSupport.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<GrantSupport> command) {
        UUID request = command.order().granted();
        UnitCode asked = requests.findUnit(command.incidentId(), request)
                .orElseThrow(() -> CommandRefused.badBody(
                        "request", request.toString(), "a request for support of this incident"));
        Person person = command.person();
        if (!person.reaches(asked) || (asked.equals(person.unit()) && !person.isCityWide())) {
            throw CommandRefused.forbidden(
                    "NOT_IN_COMMAND",
                    "unit " + asked + " has asked for it",
                    String.valueOf(person.unit()),
                    "somebody of a unit above the one that asked");
        }
        moveIncident.move(
                command,
                CommandName.GRANT_SUPPORT,
                IncidentEventKind.SUPPORT_GRANTED,
                Map.of("request", request),
                callIn.tasks(command, command.order().called(), Objects.requireNonNull(person.unit())),
                null);
        return null;
    }
}
