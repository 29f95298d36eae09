package org.citybrain.access.command;

import java.util.Collection;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Whether a command is a person's, by role and unit. That the person sees the incident is asked before. */
public final class MayCommand {

    private MayCommand() {}

    public static boolean hasRole(Person person, CommandName command) {
        return command.roles().stream().anyMatch(person::is);
    }

    /**
     * Whether the person's unit has the right to command this of an incident.
     *
     * @param commandingUnit its code
     * @param workingUnits codes of the units that have a task which is no notice
     */
    public static boolean ofIncident(
            Person person, CommandName command, String commandingUnit, Collection<String> workingUnits) {
        UnitCode commander = new UnitCode(commandingUnit);
        return switch (command.right()) {
            case SEES_IT -> true;
            case OF_THE_COMMANDER -> person.reaches(commander);
            case ABOVE_THE_COMMANDER ->
                person.reaches(commander) && (person.isCityWide() || !commander.equals(person.unit()));
            case AT_WORK ->
                person.reaches(commander) || workingUnits.stream().anyMatch(unit -> person.reaches(new UnitCode(unit)));
            case OF_THE_HANDLER -> throw new IllegalArgumentException(command + " is on a task");
        };
    }

    /**
     * Whether a task is the person's: operators of its unit and of those above it; of a unit's own task its grid workers; of a
     * department's task those of that department. A department account whose token names no department stands for those of its unit.
     *
     * @param unit whose task it is, or the one that the department serves
     * @param department whose task it is; absent: the unit's own
     */
    public static boolean ofTask(Person person, String unit, @Nullable String department) {
        UnitCode handler = new UnitCode(unit);
        if (person.is(Role.OPERATOR) && person.reaches(handler)) {
            return true;
        }
        if (department == null) {
            return person.is(Role.GRID_WORKER) && handler.equals(person.unit());
        }
        return person.is(Role.DEPARTMENT)
                && (person.department() == null
                        ? handler.equals(person.unit())
                        : department.equals(person.department()));
    }

    /**
     * Whether the person speaks for a department that was summoned. An account whose token names no department stands for those of its unit.
     *
     * @param unit the code of the unit that the department serves
     * @param department its code
     */
    public static boolean ofDepartment(Person person, String unit, String department) {
        return person.is(Role.DEPARTMENT)
                && (person.department() == null
                        ? person.unit() != null && person.unit().digits().equals(unit)
                        : person.department().equals(department));
    }

    /**
     * Whether the person rates a department's service: whoever whistled for it or, as shifts change, somebody of the same unit in the same
     * role. Nobody rates the department that they serve.
     *
     * @param whistledBy the account that whistled
     * @param whistledUnit the code of its unit
     * @param department the code of the department
     */
    public static boolean asWhistler(
            Person person, String whistledBy, Role whistledAs, String whistledUnit, String department) {
        boolean hasTakenOver = person.is(whistledAs)
                && person.unit() != null
                && person.unit().digits().equals(whistledUnit);
        return (person.name().equals(whistledBy) || hasTakenOver) && !department.equals(person.department());
    }
}
