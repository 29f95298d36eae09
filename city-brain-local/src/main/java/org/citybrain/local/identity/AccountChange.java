package org.citybrain.local.identity;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.citybrain.access.Role;
import org.citybrain.local.identity.Account.Provenance;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** What an administrator says of an account: all of it, each time. */
record AccountChange(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "[\"OPERATOR\"]",
                description =
                        "Of OPERATOR, GRID_WORKER, DEPARTMENT, ANALYST, ADMIN, INTEGRATOR; none: may sign in, and do nothing.")
        @Nullable
        List<String> roles,

        @Schema(example = "500103001", description = "Sees and acts on this unit and all below it. Absent: on none.")
        @Nullable
        String unit,

        @Schema(example = "500103-urban-management", description = "Required with the role DEPARTMENT.") @Nullable
        String department,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "true") @Nullable
        Boolean enabled) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,62}[a-z0-9]");
    private static final Pattern DEPARTMENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final String DEPARTMENT_EXPECTED = "1 to 64 of a-z, 0-9 and -";

    /** @throws org.springframework.web.ErrorResponseException 400, with the value and what was expected */
    Account toAccount(String name, Instant now) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.bad("name", name, "2 to 64 of a-z, 0-9, . and -, a letter first");
        }
        if (enabled == null) {
            throw Problem.bad("enabled", "missing", "true or false");
        }
        SortedSet<Role> checked = checkedRoles();
        return new Account(
                name, checked, checkedUnit(), checkedDepartment(checked), enabled, Provenance.REGISTERED, now);
    }

    private SortedSet<Role> checkedRoles() {
        if (roles == null) {
            throw Problem.bad("roles", "missing", "a list of roles");
        }
        SortedSet<Role> checked = new TreeSet<>();
        for (String role : roles) {
            checked.add(Arrays.stream(Role.values())
                    .filter(known -> known.name().equals(role))
                    .findFirst()
                    .orElseThrow(() ->
                            Problem.bad("roles", String.valueOf(role), "one of " + Arrays.toString(Role.values()))));
        }
        return checked;
    }

    private @Nullable UnitCode checkedUnit() {
        return unit == null
                ? null
                : UnitCode.find(unit)
                        .orElseThrow(
                                () -> Problem.bad(
                                        "unit",
                                        unit,
                                        "a unit's code of 2, 6, 9, 12, 15 or 17 digits, each group after the city not all zeros"));
    }

    private @Nullable String checkedDepartment(SortedSet<Role> roles) {
        if (department == null
                ? roles.contains(Role.DEPARTMENT)
                : !DEPARTMENT.matcher(department).matches()) {
            throw Problem.bad("department", String.valueOf(department), DEPARTMENT_EXPECTED);
        }
        return department;
    }
}
