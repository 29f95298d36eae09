package org.citybrain.local.simulate.month;

import java.util.List;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/** The departments that can be summoned: two of each district and one of the city. The small demo city has none of its own. */
final class MadeUpDepartments {

    private static final List<String> OF_A_DISTRICT = List.of("urban-management", "fire");
    private static final String OF_THE_CITY = "water";

    private MadeUpDepartments() {}

    /** The codes of those that serve this unit, in a fixed order. */
    static List<String> serving(String unitCode) {
        UnitCode unit = new UnitCode(unitCode);
        String district = unit.at(Tier.DISTRICT).digits();
        return List.of(
                district + "-" + OF_A_DISTRICT.getFirst(),
                district + "-" + OF_A_DISTRICT.getLast(),
                unit.at(Tier.CITY).digits() + "-" + OF_THE_CITY);
    }

    /** The code of the unit that a department serves. */
    static String unit(String department) {
        return department.substring(0, department.indexOf('-'));
    }
}
