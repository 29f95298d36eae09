package org.citybrain.grid.staff;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.regex.Pattern;
import org.citybrain.access.Person;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.unit.PostgisUnits;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what an administrator wrote, or says what they should have written. */
@Component
class ReadRoster {

    static final String ACCOUNT = "1 to 128 letters, digits, dots, hyphens and underscores";
    static final String DEPARTMENT = "1 to 64 small letters, digits and hyphens, not a hyphen first";

    private static final Pattern ACCOUNT_FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern DEPARTMENT_FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int LONGEST_NAME = 200;

    private final PostgisUnits units;
    private final Clock clock;

    ReadRoster(PostgisUnits units, Clock clock) {
        this.units = units;
        this.clock = clock;
    }

    /** The unit in whose subtree the person may look and act. */
    UnitCode reach(Person person) {
        if (person.unit() == null) {
            throw new RequestProblem(ProblemReason.UNKNOWN_UNIT, "your unit", null, "an account that has a unit");
        }
        return person.unit();
    }

    /** The unit asked for, or the person's own. Another's subtree is not there. */
    UnitCode unit(@Nullable String code, Person person) {
        UnitCode reach = reach(person);
        if (code == null) {
            return reach;
        }
        UnitCode unit = Parameters.unitCode("unit", code);
        if (!unit.isWithin(reach)) {
            throw unknownUnit(code);
        }
        return unit;
    }

    StaffMember staff(String account, StaffBody body, Person person) {
        return new StaffMember(
                account(account),
                existing(body.unit(), person),
                duty(body.duty()),
                time("shiftStarts", body.shiftStarts()),
                time("shiftEnds", body.shiftEnds()));
    }

    Department department(String code, DepartmentBody body, Person person) {
        String name = body.name();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw bad("name", name, "1 to " + LONGEST_NAME + " characters");
        }
        return new Department(departmentCode(code), name, existing(body.unit(), person));
    }

    String account(String account) {
        if (!ACCOUNT_FORM.matcher(account).matches()) {
            throw bad("account", account, ACCOUNT);
        }
        return account;
    }

    String departmentCode(String code) {
        if (!DEPARTMENT_FORM.matcher(code).matches()) {
            throw bad("code", code, DEPARTMENT);
        }
        return code;
    }

    @Nullable
    String cursor(@Nullable String cursor) {
        if (cursor != null && !ACCOUNT_FORM.matcher(cursor).matches()) {
            throw new RequestProblem(
                    ProblemReason.BAD_CURSOR, "cursor", cursor, "the nextCursor of an earlier page, unchanged");
        }
        return cursor;
    }

    private UnitCode existing(@Nullable String code, Person person) {
        if (code == null) {
            throw bad("unit", null, "a unit's code");
        }
        UnitCode unit = unit(code, person);
        if (!units.isThere(unit, clock.instant())) {
            throw unknownUnit(code);
        }
        return unit;
    }

    private static StaffMember.Duty duty(@Nullable String duty) {
        for (StaffMember.Duty known : StaffMember.Duty.values()) {
            if (known.name().equals(duty)) {
                return known;
            }
        }
        throw bad("duty", duty, "one of OPERATOR, GRID_WORKER");
    }

    private static LocalTime time(String field, @Nullable String text) {
        try {
            if (text != null) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException notATime) {
            // answered below, as one that is missing
        }
        throw bad(field, text, "a time of day such as 08:00");
    }

    private static RequestProblem unknownUnit(String code) {
        return new RequestProblem(ProblemReason.UNKNOWN_UNIT, "unit", code, "a unit of the map, within your own");
    }

    private static RequestProblem bad(String field, @Nullable String value, String expected) {
        return new RequestProblem(ProblemReason.BAD_BODY, field, value, expected);
    }

    /** As it was sent: every field may be missing or wrong. */
    record StaffBody(
            @Nullable String unit,
            @Nullable String duty,
            @Nullable String shiftStarts,
            @Nullable String shiftEnds) {}

    /** As it was sent: every field may be missing or wrong. */
    record DepartmentBody(@Nullable String name, @Nullable String unit) {}
}
