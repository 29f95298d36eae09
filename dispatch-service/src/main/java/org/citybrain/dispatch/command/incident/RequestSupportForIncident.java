package org.citybrain.dispatch.command.incident;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A unit that is at work asks for support. The unit above it has a notice of it; whoever stands above it may grant it. */
@Component
class RequestSupportForIncident implements CarryOut<RequestSupport> {

    private final PostgresTasks tasks;
    private final GiveTask giveTask;
    private final MoveIncident moveIncident;

    RequestSupportForIncident(PostgresTasks tasks, GiveTask giveTask, MoveIncident moveIncident) {
        this.tasks = tasks;
        this.giveTask = giveTask;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.REQUEST_SUPPORT;
    }

    @Override
    public Class<RequestSupport> orders() {
        return RequestSupport.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<RequestSupport> command) {
        UnitCode asks = Objects.requireNonNull(command.person().unit());
        Optional<TaskState> told = asks.parent()
                .flatMap(above -> giveTask.give(
                        command.before(),
                        tasks.list(command.incidentId()),
                        above.digits(),
                        null,
                        TaskRole.NOTIFY,
                        command.now()));
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("request", UUID.randomUUID());
        detail.put("unit", asks);
        detail.put("what", command.order().needed());
        detail.put("units", command.order().called().unitCodes());
        detail.put("departments", command.order().called().departmentCodes());
        moveIncident.move(
                command,
                CommandName.REQUEST_SUPPORT,
                IncidentEventKind.SUPPORT_REQUESTED,
                detail,
                told.map(List::of).orElse(List.of()),
                null);
        return null;
    }
}
