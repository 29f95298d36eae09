package org.citybrain.dispatch.command;

import org.citybrain.messages.UnitCode;

/** Who stands above a unit. */
public final class UnitAbove {

    private UnitAbove() {}

    /**
     * The code of the unit above.
     *
     * @param instead what is to be done where the unit is the city
     * @throws CommandRefused where it is the city
     */
    public static String of(String unit, String instead) {
        return new UnitCode(unit)
                .parent()
                .orElseThrow(() -> CommandRefused.conflict(
                        "NOBODY_ABOVE", "there is no unit above the city, " + unit, unit, instead))
                .digits();
    }
}
