package org.citybrain.dispatch.command.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.MustSayWhy;
import org.citybrain.dispatch.command.PostgresIncidentStatus;
import org.citybrain.dispatch.command.UnitAbove;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A task is given back: the unit above has it from then on, a department's that of the unit that it serves, unless that is at work on the incident
 * anyway; who has led those below executes where nobody else does. So no incident is left without somebody who has to act. Who gives back the
 * command gives it to the unit above.
 */
@Component
class ReturnTask implements CarryOut<MustSayWhy> {

    private final PostgresTasks tasks;
    private final GiveTask giveTask;
    private final PostgresIncidentStatus incidents;
    private final MoveTask moveTask;

    ReturnTask(PostgresTasks tasks, GiveTask giveTask, PostgresIncidentStatus incidents, MoveTask moveTask) {
        this.tasks = tasks;
        this.giveTask = giveTask;
        this.incidents = incidents;
        this.moveTask = moveTask;
    }

    @Override
    public CommandName command() {
        return CommandName.RETURN;
    }

    @Override
    public Class<MustSayWhy> orders() {
        return MustSayWhy.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<MustSayWhy> command) {
        TaskState task = KnownTask.of(command.subject());
        String above = task.department() != null
                ? task.unitCode()
                : UnitAbove.of(task.unitCode(), "another command: the city keeps its task");
        boolean commands = task.role() == TaskRole.COMMAND;
        List<TaskState> present = tasks.list(command.incidentId());
        List<TaskState> taken = giveTask
                .give(
                        command.before(),
                        present,
                        above,
                        null,
                        commands ? TaskRole.COMMAND : TaskRole.EXECUTE,
                        command.now())
                .or(() -> lastToExecute(task, present, above))
                .stream()
                .toList();
        if (commands) {
            incidents.move(command.incidentId(), command.before().state().status(), above, command.now());
        }
        moveTask.move(command, CommandName.RETURN, IncidentEventKind.RETURNED, Map.of("to", above), taken);
        return null;
    }

    /** Who has only coordinated executes where nobody else does. */
    private static Optional<TaskState> lastToExecute(TaskState returned, List<TaskState> present, String above) {
        TaskState leader = GiveTask.find(present, above, null);
        boolean othersExecute = present.stream()
                .anyMatch(task -> task.isOpen()
                        && task.role() == TaskRole.EXECUTE
                        && !task.id().equals(returned.id()));
        return leader == null || leader.role() != TaskRole.COORDINATE || othersExecute
                ? Optional.empty()
                : Optional.of(leader.changed(
                        TaskRole.EXECUTE,
                        leader.status(),
                        leader.acknowledgeBy(),
                        leader.resolveBy(),
                        leader.digest()));
    }
}
