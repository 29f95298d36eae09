package org.citybrain.grid.staff;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.citybrain.access.Person;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.staff.ReadRoster.StaffBody;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/staff")
@Tag(name = "staff", description = "Rosters: which account is on duty where and when. Accounts, never persons' names.")
class StaffEndpoint {

    private final PostgresStaff staff;
    private final ReadRoster read;

    StaffEndpoint(PostgresStaff staff, ReadRoster read) {
        this.staff = staff;
        this.read = read;
    }

    @GetMapping
    @Operation(
            summary = "The rosters of a unit and all below it",
            description = "Of your own unit where none is given.")
    RosterPage<StaffMember> list(
            @RequestParam(required = false) @Nullable String unit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        UnitCode of = read.unit(unit, person);
        int most = Parameters.limit(limit);
        return RosterPage.of(staff.list(of, read.cursor(cursor), most + 1), most, StaffMember::account);
    }

    @GetMapping("/{account}")
    @Operation(summary = "One account's place on the rosters")
    StaffMember get(@PathVariable String account, @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        return staff.find(account, read.reach(person)).orElseThrow(() -> unknown(account));
    }

    @PutMapping("/{account}")
    @Operation(
            summary = "Puts an account on a roster, or moves it",
            description = "dispatch-service counts on it within seconds. The change is in the audit trail.")
    StaffMember put(
            @PathVariable String account,
            @RequestBody StaffBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        StaffMember member = read.staff(account, body, person);
        staff.put(member);
        return member;
    }

    @DeleteMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes an account off the rosters")
    void remove(@PathVariable String account, @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        if (!staff.remove(read.account(account), read.reach(person))) {
            throw unknown(account);
        }
    }

    private static RequestProblem unknown(String account) {
        return new RequestProblem(
                ProblemReason.UNKNOWN_ACCOUNT, "account", account, "one that is on a roster of your unit");
    }
}
