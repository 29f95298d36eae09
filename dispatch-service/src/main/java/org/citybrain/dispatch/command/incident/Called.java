package org.citybrain.dispatch.command.incident;

import static org.citybrain.dispatch.command.OrderFields.distinct;

import java.util.List;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Units and departments that a body names. */
record Called(
        @Nullable List<@Nullable String> units, @Nullable List<@Nullable String> departments) {

    private static final int MOST = 50;
    private static final int MOST_CODE_CHARACTERS = 128;

    void check() {
        unitCodes();
        departmentCodes();
    }

    void requireSome() {
        if (unitCodes().isEmpty() && departmentCodes().isEmpty()) {
            throw CommandRefused.badBody("units", "missing, and so are departments", "at least one unit or department");
        }
    }

    List<String> unitCodes() {
        return units == null
                ? List.of()
                : distinct(
                        "units",
                        units,
                        MOST,
                        code -> UnitCode.find(code).isPresent() && code.length() <= 15,
                        "at most " + MOST + " codes of units from the city down to the grid");
    }

    List<String> departmentCodes() {
        return departments == null
                ? List.of()
                : distinct(
                        "departments",
                        departments,
                        MOST,
                        code -> !code.isBlank() && code.length() <= MOST_CODE_CHARACTERS && code.indexOf('\0') < 0,
                        "at most " + MOST + " codes of departments");
    }
}
