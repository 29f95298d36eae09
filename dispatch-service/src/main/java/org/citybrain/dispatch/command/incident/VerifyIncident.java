package org.citybrain.dispatch.command.incident;

import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.MaySayWhy;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Somebody has seen that it is over: nobody who has worked on it since it was opened, or opened again (domain, section 6). */
@Component
class VerifyIncident implements CarryOut<MaySayWhy> {

    private final WorkQueries work;
    private final MoveIncident moveIncident;

    VerifyIncident(WorkQueries work, MoveIncident moveIncident) {
        this.work = work;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.VERIFY;
    }

    @Override
    public Class<MaySayWhy> orders() {
        return MaySayWhy.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<MaySayWhy> command) {
        work.findLast(command.incidentId(), command.actor()).ifPresent(done -> {
            throw CommandRefused.conflict(
                    "OWN_WORK",
                    command.person().name() + " has worked on it: " + done,
                    done.name(),
                    "somebody who has not");
        });
        moveIncident.move(command, CommandName.VERIFY, IncidentEventKind.VERIFIED, Map.of());
        return null;
    }
}
