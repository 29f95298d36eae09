package org.citybrain.api.department;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.citybrain.access.Person;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Departments", description = "Who can be summoned, and how they came when they were")
class DepartmentEndpoint {

    private static final int LONGEST_CODE = 64;

    private final DepartmentQueries departments;
    private final ListScores scores;
    private final Clock clock;

    DepartmentEndpoint(DepartmentQueries departments, ListScores scores, Clock clock) {
        this.departments = departments;
        this.scores = scores;
        this.clock = clock;
    }

    @Operation(operationId = "listDepartments", summary = "Departments, in the order of their codes", description = """
                    Those of one's own subtree, those that serve one's own unit from above, and one's own. `open` and `overdue` count \
                    summons that were whistled in one's own subtree; a department's own account sees all of its own.""")
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description = "A unit's code: departments that serve it, which are those that it can whistle for",
            schema = @Schema(type = "string", example = "500112001"))
    @Paged
    @GetMapping("/v1/departments")
    Page<Department> list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        UnitCode unit = parameters.unit("unit");
        String after = parameters.cursor(DepartmentEndpoint::parseCode);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return departments.list(person, unit, after, limit);
    }

    @Operation(
            operationId = "listDepartmentScores",
            summary = "How departments came when they were summoned, in the order of their codes",
            description = """
                    Added up at this moment from the lines of the incidents' timelines, of all whistles of the period, whenever what came \
                    of them was written. `score` is `points / (onTime + late + absent)`; `policies` says what each outcome is worth. \
                    Whistles of one's own subtree; a department sees its own score alone, over all of its whistles. The lines behind \
                    each number: `/v1/departments/{code}/scores/lines`.""")
    @ScorePeriodParameters
    @Parameter(
            name = "department",
            in = ParameterIn.QUERY,
            description = "A department's code: its score only",
            schema = @Schema(type = "string", maxLength = LONGEST_CODE, example = "500112-urban-management"))
    @Paged
    @GetMapping("/v1/departments/scores")
    DepartmentScores scores(@Parameter(hidden = true) QueryParameters parameters) {
        ScorePeriod period = ScorePeriod.read(parameters, clock.instant());
        String department = parameters.value(
                "department", DepartmentEndpoint::parseCode, "a department's code, 1 to 64 characters");
        String after = parameters.cursor(DepartmentEndpoint::parseCode);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return scores.scores(period, department, after, limit);
    }

    @Operation(
            operationId = "listDepartmentScoreLines",
            summary = "The summons behind one department's score, in the order of their whistles",
            description = """
                    One line for each summons, with its points: those of all lines add up to the department's `points` of the same \
                    period. A department that was not summoned has none.""")
    @ScorePeriodParameters
    @Parameter(
            name = "outcome",
            in = ParameterIn.QUERY,
            description = "Only these: the lines behind one number",
            array = @ArraySchema(schema = @Schema(implementation = Outcome.class)))
    @Paged
    @GetMapping("/v1/departments/{code}/scores/lines")
    Page<ScoreLine> lines(@PathVariable String code, @Parameter(hidden = true) QueryParameters parameters) {
        ScorePeriod period = ScorePeriod.read(parameters, clock.instant());
        Set<Outcome> outcomes = parameters.enums("outcome", Outcome.class);
        Summons.@Nullable Place after = parameters.cursor(DepartmentEndpoint::parsePlace);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return scores.lines(period, code, outcomes, after, limit);
    }

    private static String parseCode(String text) {
        if (text.isBlank() || text.length() > LONGEST_CODE || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1 to 64 characters");
        }
        return text;
    }

    private static Summons.Place parsePlace(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a time and an id");
        }
        return new Summons.Place(Instant.parse(parts[0]), QueryParameters.parseUuid(parts[1]));
    }

    /** Describes the parameters that say which summons are meant. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Whistled at this time or later; else the 30 days before `to`. At most 92 days before `to`",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Whistled before this time; else now",
            schema = @Schema(type = "string", format = "date-time", example = "2026-08-01T00:00:00Z"))
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description = "A unit's code: whistled by it or by a unit below it",
            schema = @Schema(type = "string", example = "500112001"))
    @interface ScorePeriodParameters {}
}
