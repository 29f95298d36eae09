package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.Map;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.PostgresIncidentStatus;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves an incident by its table, without grading or routing it anew, and tells it together with the tasks that change. */
@Component
class MoveIncident {

    private final PostgresIncidentStatus incidents;
    private final PostgresTasks tasks;
    private final IncidentTimeline timeline;

    MoveIncident(PostgresIncidentStatus incidents, PostgresTasks tasks, IncidentTimeline timeline) {
        this.incidents = incidents;
        this.tasks = tasks;
        this.timeline = timeline;
    }

    /** @param detail what the line tells beside the reason */
    void move(CommandCase<?> command, CommandName name, IncidentEventKind kind, Map<String, ?> detail) {
        move(command, name, kind, detail, List.of(), null);
    }

    /**
     * The same with tasks that are given or changed.
     *
     * @param changed tasks as they are from now on
     * @param commandingUnit from now on; absent: the one that it has
     */
    void move(
            CommandCase<?> command,
            CommandName name,
            IncidentEventKind kind,
            Map<String, ?> detail,
            List<TaskState> changed,
            @Nullable String commandingUnit) {
        IncidentStatus next =
                IncidentMoves.next(command.before().state().status(), name).orElseThrow();
        Line line = command.line(kind, detail);
        if (!changed.isEmpty()) {
            tasks.store(command.incidentId(), changed, command.actor(), command.now());
            List<String> seenBy = GiveTask.seenBy(changed);
            if (!command.before().visibleTo().containsAll(seenBy)) {
                tasks.showTo(command.incidentId(), seenBy);
            }
        }
        incidents.move(command.incidentId(), next, commandingUnit, command.now());
        timeline.tell(changed.isEmpty() ? List.of(line) : line.withTasks(changed), command.now());
    }
}
