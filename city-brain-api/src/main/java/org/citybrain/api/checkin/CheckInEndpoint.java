package org.citybrain.api.checkin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Check-ins", description = "Departments that were summoned by a whistle, and what became of it")
class CheckInEndpoint {

    private final CheckInQueries checkIns;

    CheckInEndpoint(CheckInQueries checkIns) {
        this.checkIns = checkIns;
    }

    @Operation(operationId = "listCheckIns", summary = "Check-ins, the last summoned first", description = """
                    Those of incidents that one sees; a department also sees all of its own. Parameters that take several values may \
                    be repeated or hold them separated by commas.""")
    @Parameter(
            name = "incident",
            in = ParameterIn.QUERY,
            description = "An incident's id",
            schema = @Schema(type = "string", format = "uuid"))
    @Parameter(
            name = "department",
            in = ParameterIn.QUERY,
            description = "A department's code",
            schema = @Schema(type = "string", maxLength = 64, example = "500112-urban-management"))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "`OPEN` stands for `SUMMONED`, `CHECKED_IN` and `SERVED`",
            array =
                    @ArraySchema(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "OPEN",
                                                "SUMMONED",
                                                "CHECKED_IN",
                                                "SERVED",
                                                "RATED",
                                                "ABSENT",
                                                "RELEASED"
                                            })))
    @Parameter(
            name = "mine",
            in = ParameterIn.QUERY,
            description =
                    "`true`: for a department its own, for others those that they have whistled for, or somebody of the same unit in the same role",
            schema = @Schema(type = "boolean"))
    @Paged
    @GetMapping("/v1/check-ins")
    Page<CheckIn> list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        return checkIns.list(CheckInFilter.read(parameters), person);
    }

    @Operation(
            operationId = "getCheckIn",
            summary = "One check-in",
            description = "The `ETag` is the version that a command on this check-in is decided on (`If-Match`).")
    @GetMapping("/v1/check-ins/{id}")
    CheckIn get(
            @PathVariable UUID id, @Parameter(hidden = true) QueryParameters parameters, HttpServletResponse response) {
        parameters.refuseUnknown();
        CheckIn checkIn = checkIns.find(id).orElseThrow(() -> Problem.notFound("check-in", id));
        response.setHeader(HttpHeaders.ETAG, "\"" + checkIn.version() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return checkIn;
    }
}
