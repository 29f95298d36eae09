package org.citybrain.dispatch.command.task;

import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.MayCommand;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.access.command.TaskMoves;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.FindSubject;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.Subject;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.springframework.stereotype.Component;

/** Tasks as what commands are on. */
@Component
class FindTasks implements FindSubject {

    private final PostgresTasks tasks;

    FindTasks(PostgresTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public SubjectKind kind() {
        return SubjectKind.TASK;
    }

    @Override
    public Optional<Subject> find(UUID id) {
        return tasks.find(id)
                .map(known -> new Subject(
                        known.incidentId(),
                        SubjectKind.TASK,
                        id,
                        "task " + id,
                        known.task().version(),
                        known.changedBy(),
                        known));
    }

    @Override
    public void check(Subject subject, KnownIncident incident, CommandName command, Person person) {
        TaskState task = KnownTask.of(subject);
        if (command == CommandName.COMPLETE && task.role() == TaskRole.COMMAND) {
            throw CommandRefused.conflict(
                    "ILLEGAL_MOVE",
                    "complete is not allowed: " + subject.name() + " is the command of incident "
                            + incident.state().number(),
                    command.path(),
                    CommandName.RESOLVE.path() + " on the incident, which completes the command");
        }
        if (TaskMoves.next(task.role(), task.status(), command).isEmpty()
                || IncidentMoves.next(incident.state().status(), command).isEmpty()) {
            throw CommandRefused.illegalMove(
                    command,
                    subject,
                    task.status(),
                    TaskMoves.allowed(task.role(), task.status()).stream()
                            .filter(allowed -> IncidentMoves.next(
                                            incident.state().status(), allowed)
                                    .isPresent())
                            .toList());
        }
        Department department = task.department();
        if (!MayCommand.ofTask(person, task.unitCode(), department == null ? null : department.code())) {
            throw CommandRefused.forbidden(
                    "NOT_THE_HANDLER",
                    "it is the task of " + (department == null ? "unit " + task.unitCode() : department.code()),
                    String.valueOf(person.unit()),
                    command.right().who());
        }
    }
}
