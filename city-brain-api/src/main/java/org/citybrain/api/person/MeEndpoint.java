package org.citybrain.api.person;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Me", description = "Who is signed in")
class MeEndpoint {

    private final UnitQueries units;
    private final Clock clock;

    MeEndpoint(UnitQueries units, Clock clock) {
        this.units = units;
        this.clock = clock;
    }

    @Operation(operationId = "getMe", summary = "Who is signed in, in which roles, and which unit's subtree they see")
    @GetMapping("/v1/me")
    Me me(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return new Me(person.name(), new TreeSet<>(person.roles()), unit(person.unit()), person.department());
    }

    private @Nullable GovernanceUnit unit(@Nullable UnitCode code) {
        return code == null ? null : units.names(List.of(code.digits())).at(code.digits(), clock.instant());
    }

    /**
     * Who is signed in.
     *
     * @param name the account's name
     * @param unit the unit whose subtree they see; absent where they have none
     * @param department the department that they serve, if any
     */
    record Me(
            String name,
            Set<Role> roles,
            @Nullable GovernanceUnit unit,
            @Nullable String department) {}
}
