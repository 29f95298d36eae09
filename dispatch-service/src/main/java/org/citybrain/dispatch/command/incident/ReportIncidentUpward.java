package org.citybrain.dispatch.command.incident;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.UnitAbove;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The unit in command tells the one above it (报送), which has a notice of it from then on where it has no task. */
@Component
class ReportIncidentUpward implements CarryOut<Note> {

    private final PostgresTasks tasks;
    private final GiveTask giveTask;
    private final MoveIncident moveIncident;

    ReportIncidentUpward(PostgresTasks tasks, GiveTask giveTask, MoveIncident moveIncident) {
        this.tasks = tasks;
        this.giveTask = giveTask;
        this.moveIncident = moveIncident;
    }

    @Override
    public CommandName command() {
        return CommandName.REPORT_UPWARD;
    }

    @Override
    public Class<Note> orders() {
        return Note.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Note> command) {
        String above = UnitAbove.of(command.before().state().commandingUnit(), "a note");
        List<TaskState> told = giveTask
                .give(command.before(), tasks.list(command.incidentId()), above, null, TaskRole.NOTIFY, command.now())
                .stream()
                .toList();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("text", command.order().told());
        detail.put("to", above);
        moveIncident.move(command, CommandName.REPORT_UPWARD, IncidentEventKind.REPORTED_UPWARD, detail, told, null);
        return null;
    }
}
