package org.citybrain.dispatch.command.incident;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.incident.HandlerQueries.Serving;
import org.citybrain.dispatch.command.task.GiveTask;
import org.citybrain.dispatch.command.task.PostgresTasks;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.UnitCode;
import org.springframework.stereotype.Component;

/** The tasks of units and departments that are called to an incident beside its route: each of them executes. */
@Component
class CallIn {

    private final HandlerQueries handlers;
    private final PostgresTasks tasks;
    private final GiveTask giveTask;

    CallIn(HandlerQueries handlers, PostgresTasks tasks, GiveTask giveTask) {
        this.handlers = handlers;
        this.tasks = tasks;
        this.giveTask = giveTask;
    }

    /**
     * The tasks that they have from now on.
     *
     * @param within the unit whose subtree they must belong to
     * @throws CommandRefused where one is not there, lies elsewhere, or where all are at work already
     */
    List<TaskState> tasks(CommandCase<?> command, Called called, UnitCode within) {
        Set<String> known = handlers.units(called.unitCodes(), command.now());
        List<Serving> serving = handlers.departments(called.departmentCodes());
        check("units", called.unitCodes(), known, within);
        check(
                "departments",
                called.departmentCodes(),
                serving.stream().map(s -> s.department().code()).collect(Collectors.toSet()),
                within);
        List<TaskState> present = tasks.list(command.incidentId());
        List<TaskState> given = new ArrayList<>();
        for (String unit : new LinkedHashSet<>(called.unitCodes())) {
            requireWithin("units", unit, unit, within);
            giveTask.give(command.before(), present, unit, null, TaskRole.EXECUTE, command.now())
                    .ifPresent(given::add);
        }
        for (Serving department : serving) {
            requireWithin("departments", department.department().code(), department.unitCode(), within);
            giveTask.give(
                            command.before(),
                            present,
                            department.unitCode(),
                            department.department(),
                            TaskRole.EXECUTE,
                            command.now())
                    .ifPresent(given::add);
        }
        if (given.isEmpty()) {
            throw CommandRefused.conflict(
                    "ALREADY_AT_WORK", "all of them are at work on it", "all", "a unit or department that is not");
        }
        return given;
    }

    private static void check(String field, List<String> asked, Set<String> known, UnitCode within) {
        asked.stream().filter(code -> !known.contains(code)).findFirst().ifPresent(unknown -> {
            throw CommandRefused.badBody(field, unknown, field + " of " + within + " that there are now");
        });
    }

    private static void requireWithin(String field, String code, String unit, UnitCode within) {
        if (!new UnitCode(unit).isWithin(within)) {
            throw CommandRefused.badBody(field, code, field + " of " + within + " or of units below it");
        }
    }
}
