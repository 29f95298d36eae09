package org.citybrain.api.command;

import java.util.Collection;
import java.util.List;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.command.CheckInMoves;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.IncidentMoves;
import org.citybrain.access.command.MayCommand;
import org.citybrain.access.command.TaskMoves;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the person of the current request may command now, by status, role and unit: the tables by which dispatch-service decides. A command
 * may ask more when it comes, such as that whoever verifies has not worked on it.
 */
@Component
public class AllowedCommands {

    private final KnownCommands commands;

    AllowedCommands(KnownCommands commands) {
        this.commands = commands;
    }

    /**
     * The paths of the commands on an incident.
     *
     * @param workingUnits codes of the units that have a task which is no notice and was not returned
     */
    public List<String> onIncident(IncidentStatus status, String commandingUnit, Collection<String> workingUnits) {
        Person person = Person.findCurrent().orElse(null);
        return person == null
                ? List.of()
                : IncidentMoves.allowed(status).stream()
                        .filter(commands::isKnown)
                        .filter(command -> MayCommand.hasRole(person, command)
                                && MayCommand.ofIncident(person, command, commandingUnit, workingUnits))
                        .map(CommandName::path)
                        .toList();
    }

    /**
     * The paths of the commands on a task: those that its incident's table allows, too.
     *
     * @param incident the status of its incident
     * @param department whose task it is; absent: the unit's own
     */
    public List<String> onTask(
            IncidentStatus incident, TaskRole role, TaskStatus status, String unit, @Nullable String department) {
        Person person = Person.findCurrent().orElse(null);
        return person == null || !MayCommand.ofTask(person, unit, department)
                ? List.of()
                : TaskMoves.allowed(role, status).stream()
                        .filter(command -> IncidentMoves.next(incident, command).isPresent())
                        .map(CommandName::path)
                        .toList();
    }

    /**
     * The paths of the commands on a check-in.
     *
     * @param departmentUnit the code of the unit that the department serves
     * @param department its code
     * @param whistledUnit the code of the unit that whistled
     */
    public List<String> onCheckIn(
            CheckInStatus status,
            String departmentUnit,
            String department,
            String whistledBy,
            Role whistledAs,
            String whistledUnit) {
        Person person = Person.findCurrent().orElse(null);
        return person == null
                ? List.of()
                : CheckInMoves.allowed(status).stream()
                        .filter(command -> MayCommand.hasRole(person, command))
                        .filter(command -> command == CommandName.RATE
                                ? MayCommand.asWhistler(person, whistledBy, whistledAs, whistledUnit, department)
                                : MayCommand.ofDepartment(person, departmentUnit, department))
                        .map(CommandName::path)
                        .toList();
    }
}
