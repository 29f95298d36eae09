package org.citybrain.local.simulate.month;

import java.util.Set;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/** Who does what: one account on duty in each unit and department, and one that looks whether what was resolved is over. */
final class MadeUpPeople {

    private MadeUpPeople() {}

    static Person onDuty(String unit) {
        UnitCode code = new UnitCode(unit);
        Role role = code.tier() == Tier.GRID ? Role.GRID_WORKER : Role.OPERATOR;
        return new Person("duty-" + unit, Set.of(role), code, null);
    }

    static Person of(GivenTask task) {
        return task.department() == null ? onDuty(task.unit()) : ofDepartment(task.department());
    }

    static Person ofDepartment(String department) {
        return new Person(
                "duty-" + department,
                Set.of(Role.DEPARTMENT),
                new UnitCode(MadeUpDepartments.unit(department)),
                department);
    }

    /** An operator of the unit above the one in command, or of the city. */
    static Person whoLooks(String commandingUnit) {
        UnitCode commander = new UnitCode(commandingUnit);
        UnitCode above = commander.parent().orElse(commander);
        return new Person("check-" + above.digits(), Set.of(Role.OPERATOR), above, null);
    }

    /** An operator of the city. */
    static Person ofTheCity(String commandingUnit) {
        UnitCode city = new UnitCode(commandingUnit).at(Tier.CITY);
        return new Person("duty-" + city.digits(), Set.of(Role.OPERATOR), city, null);
    }
}
