package org.citybrain.dispatch.command.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.TaskMoves;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.PostgresIncidentStatus;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.springframework.stereotype.Component;

/** Moves a task by its table, takes its incident along by the incident's, and tells both in one line. */
@Component
class MoveTask {

    private final PostgresTasks tasks;
    private final PostgresIncidentStatus incidents;
    private final IncidentTimeline timeline;

    MoveTask(PostgresTasks tasks, PostgresIncidentStatus incidents, IncidentTimeline timeline) {
        this.tasks = tasks;
        this.incidents = incidents;
        this.timeline = timeline;
    }

    /**
     * Moves the task that the command is on.
     *
     * @param detail what the line tells beside the reason and the tasks
     * @param others tasks that change with it, as they are from now on
     */
    void move(
            CommandCase<?> command,
            CommandName name,
            IncidentEventKind kind,
            Map<String, ?> detail,
            List<TaskState> others) {
        UUID incident = command.incidentId();
        TaskState task = KnownTask.of(command.subject());
        TaskStatus next = TaskMoves.next(task.role(), task.status(), name).orElseThrow();
        List<TaskState> changed = new ArrayList<>(others);
        changed.addFirst(task.changed(task.role(), next, task.acknowledgeBy(), task.resolveBy(), task.digest()));
        tasks.store(incident, changed, command.actor(), command.now());
        IncidentStatus before = command.before().state().status();
        IncidentStatus after = task.role() == TaskRole.NOTIFY
                ? before
                : IncidentMoves.next(before, name).orElseThrow();
        if (after != before) {
            incidents.move(incident, after, command.now());
        }
        timeline.tell(command.line(kind, detail).withTasks(changed), command.now());
    }
}
