package org.citybrain.dispatch.command.incident;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * It is over, the unit in command says, and its command is completed with it. Not while others still execute and have not reported back, unless the person insists
 * and says why.
 */
@Component
class ResolveIncident implements CarryOut<Resolve> {

    private static final Set<TaskStatus> STILL_OUT =
            EnumSet.of(TaskStatus.DISPATCHED, TaskStatus.ACKNOWLEDGED, TaskStatus.IN_PROGRESS);
    private static final int MOST_NAMED = 20;

    private final PostgresTasks tasks;
    private final MoveIncident moveIncident;

    ResolveIncident(PostgresTasks tasks, MoveIncident moveIncident) {
        this.tasks = tasks;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.RESOLVE;
    }

    @Override
    public Class<Resolve> orders() {
        return Resolve.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Resolve> command) {
        boolean forced = command.order().isForced();
        List<TaskState> present = tasks.list(command.incidentId());
        if (!forced) {
            checkNobodyIsOut(command, present);
        }
        List<TaskState> completed = present.stream()
                .filter(task -> task.role() == TaskRole.COMMAND && task.isOpen())
                .map(task -> task.changed(
                        task.role(), TaskStatus.COMPLETED, task.acknowledgeBy(), task.resolveBy(), task.digest()))
                .toList();
        moveIncident.move(
                command,
                CommandName.RESOLVE,
                IncidentEventKind.RESOLVED,
                forced ? Map.of("force", true) : Map.of(),
                completed,
                null);
        return null;
    }

    private void checkNobodyIsOut(CommandCase<Resolve> command, List<TaskState> present) {
        String own = String.valueOf(command.person().unit());
        List<TaskState> out = present.stream()
                .filter(task -> task.role() == TaskRole.EXECUTE
                        && STILL_OUT.contains(task.status())
                        && !(task.department() == null && task.unitCode().equals(own)))
                .toList();
        if (!out.isEmpty()) {
            String named = out.stream()
                    .limit(MOST_NAMED)
                    .map(task -> (task.department() == null
                                    ? "unit " + task.unitCode()
                                    : task.department().code())
                            + " (" + task.status() + ")")
                    .collect(Collectors.joining(", "));
            throw CommandRefused.conflict(
                    "STILL_AT_WORK",
                    out.size() + " have not reported back: " + named,
                    String.valueOf(out.size()),
                    "that they report back, or force with a reason");
        }
    }
}
