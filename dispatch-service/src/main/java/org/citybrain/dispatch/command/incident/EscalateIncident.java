package org.citybrain.dispatch.command.incident;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.MustSayWhy;
import org.citybrain.dispatch.command.UnitAbove;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The command goes up one tier. Who had it keeps its task, as coordinator where others work below it, else to execute. The city has nowhere to
 * escalate to.
 */
@Component
class EscalateIncident implements CarryOut<MustSayWhy> {

    private final PostgresTasks tasks;
    private final GiveTask giveTask;
    private final MoveIncident moveIncident;

    EscalateIncident(PostgresTasks tasks, GiveTask giveTask, MoveIncident moveIncident) {
        this.tasks = tasks;
        this.giveTask = giveTask;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.ESCALATE;
    }

    @Override
    public Class<MustSayWhy> orders() {
        return MustSayWhy.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<MustSayWhy> command) {
        String from = command.before().state().commandingUnit();
        String to = UnitAbove.of(from, "supervise: the city can only be chased");
        List<TaskState> present = tasks.list(command.incidentId());
        List<TaskState> changed = new ArrayList<>();
        giveTask.give(command.before(), present, to, null, TaskRole.COMMAND, command.now())
                .ifPresent(changed::add);
        TaskState former = GiveTask.find(present, from, null);
        if (former != null && former.isOpen()) {
            changed.add(former.changed(
                    leads(former, present) ? TaskRole.COORDINATE : TaskRole.EXECUTE,
                    former.status(),
                    former.acknowledgeBy(),
                    former.resolveBy(),
                    former.digest()));
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("from", List.of(from));
        detail.put("to", to);
        detail.put("why", command.order().why());
        detail.put("alarm", false);
        moveIncident.move(command, CommandName.ESCALATE, IncidentEventKind.ESCALATED, detail, changed, to);
        return null;
    }

    private static boolean leads(TaskState task, List<TaskState> present) {
        return present.stream()
                .anyMatch(other -> other.isOpen()
                        && other.role() != TaskRole.NOTIFY
                        && task.tier().isAbove(other.tier())
                        && other.unitCode().startsWith(task.unitCode()));
    }
}
