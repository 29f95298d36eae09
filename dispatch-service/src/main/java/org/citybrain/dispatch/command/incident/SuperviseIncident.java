package org.citybrain.dispatch.command.incident;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A unit above chases one that is at work on an incident (督办): an alarm, and where it has not acknowledged yet, a fresh deadline for that. */
@Component
class SuperviseIncident implements CarryOut<Supervise> {

    private final PostgresTasks tasks;
    private final GiveTask giveTask;
    private final MoveIncident moveIncident;

    SuperviseIncident(PostgresTasks tasks, GiveTask giveTask, MoveIncident moveIncident) {
        this.tasks = tasks;
        this.giveTask = giveTask;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.SUPERVISE;
    }

    @Override
    public Class<Supervise> orders() {
        return Supervise.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Supervise> command) {
        String named = command.order().unit();
        String unit = named == null ? command.before().state().commandingUnit() : named;
        TaskState task = GiveTask.find(tasks.list(command.incidentId()), unit, null);
        if (task == null || !task.isOpen() || task.role() == TaskRole.NOTIFY) {
            throw CommandRefused.conflict(
                    "NOT_AT_WORK", "unit " + unit + " has no open work on it", unit, "a unit that is at work on it");
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("from", List.of(unit));
        detail.put("why", command.order().why());
        detail.put("alarm", true);
        List<TaskState> chased = task.status() == TaskStatus.DISPATCHED
                ? List.of(task.changed(
                        task.role(),
                        task.status(),
                        giveTask.dispatchedAgain(command.before(), task, task.role(), command.now())
                                .acknowledgeBy(),
                        task.resolveBy(),
                        task.digest()))
                : List.of();
        moveIncident.move(command, CommandName.SUPERVISE, IncidentEventKind.SUPERVISED, detail, chased, null);
        return null;
    }
}
