package org.citybrain.dispatch.command.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOutWidely;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.MustSayWhy;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * It was not over: the incident goes on, found by correlation as before. The unit in command and all who had work of it, done or not, are asked
 * again with fresh deadlines; not who gave it back.
 */
@Component
public class ReopenIncident implements CarryOutWidely<MustSayWhy> {

    private final PostgresTasks tasks;
    private final GiveTask giveTask;
    private final MoveIncident moveIncident;

    ReopenIncident(PostgresTasks tasks, GiveTask giveTask, MoveIncident moveIncident) {
        this.tasks = tasks;
        this.giveTask = giveTask;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.REOPEN;
    }

    @Override
    public Class<MustSayWhy> orders() {
        return MustSayWhy.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, MustSayWhy order, Policies policies) {
        return Concerned.withItsCell(incident);
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<MustSayWhy> command) {
        reopen(command, Map.of());
        return null;
    }

    /**
     * Opens the command's incident again, whatever the command is called; its cell is locked. Moves its version by one.
     *
     * @param detail what the line {@code REOPENED} tells beside the reason
     */
    public void reopen(CommandCase<?> command, Map<String, ?> detail) {
        KnownIncident incident = command.before();
        String commander = incident.state().commandingUnit();
        List<TaskState> present = tasks.list(command.incidentId());
        TaskState commands = GiveTask.find(present, commander, null);
        List<TaskState> asked = new ArrayList<>();
        asked.add(
                commands == null
                        ? giveTask.give(incident, present, commander, null, TaskRole.COMMAND, command.now())
                                .orElseThrow()
                        : giveTask.dispatchedAgain(incident, commands, TaskRole.COMMAND, command.now()));
        for (TaskState task : present) {
            if (!task.equals(commands) && task.isWork() && task.status() != TaskStatus.RETURNED) {
                asked.add(giveTask.dispatchedAgain(incident, task, task.role(), command.now()));
            }
        }
        moveIncident.move(command, CommandName.REOPEN, IncidentEventKind.REOPENED, detail, asked, null);
    }
}
