package org.citybrain.grid.staff;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.citybrain.access.Person;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.staff.ReadRoster.DepartmentBody;
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
@RequestMapping("/v1/departments")
@Tag(name = "departments", description = "Who is called to incidents, and in which unit they serve.")
class DepartmentEndpoint {

    private final PostgresDepartments departments;
    private final ReadRoster read;

    DepartmentEndpoint(PostgresDepartments departments, ReadRoster read) {
        this.departments = departments;
        this.read = read;
    }

    @GetMapping
    @Operation(
            summary = "The departments of a unit and all below it",
            description = "Of your own unit where none is given.")
    RosterPage<Department> list(
            @RequestParam(required = false) @Nullable String unit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        UnitCode of = read.unit(unit, person);
        int most = Parameters.limit(limit);
        return RosterPage.of(departments.list(of, read.cursor(cursor), most + 1), most, Department::code);
    }

    @GetMapping("/{code}")
    @Operation(summary = "One department")
    Department get(@PathVariable String code, @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        return departments.find(code, read.reach(person)).orElseThrow(() -> unknown(code));
    }

    @PutMapping("/{code}")
    @Operation(summary = "Registers a department, or changes it", description = "The change is in the audit trail.")
    Department put(
            @PathVariable String code,
            @RequestBody DepartmentBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        Department department = read.department(code, body, person);
        departments.put(department);
        return department;
    }

    @DeleteMapping("/{code}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Removes a department",
            description = "Not one that answers for an area of the map, or ever did (409, `DEPARTMENT_IN_USE`).")
    void remove(@PathVariable String code, @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        if (!departments.remove(read.departmentCode(code), read.reach(person))) {
            throw unknown(code);
        }
    }

    private static RequestProblem unknown(String code) {
        return new RequestProblem(ProblemReason.UNKNOWN_DEPARTMENT, "code", code, "a department within your unit");
    }
}
