package org.citybrain.api.parked;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Parked", description = "Reports that could not be processed and wait for a person")
class ParkedEndpoint {

    private static final int LONGEST_REASON = 1000;

    private final ParkedQueries queries;
    private final SettleParked settle;

    ParkedEndpoint(ParkedQueries queries, SettleParked settle) {
        this.queries = queries;
        this.settle = settle;
    }

    @Operation(
            operationId = "listParked",
            summary = "Parked reports, the last parked first",
            description = "Without `status`: those that still wait for a person.")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "May be repeated, or hold several separated by commas; `PARKED` where absent",
            array = @ArraySchema(schema = @Schema(implementation = ParkedStatus.class)))
    @Paged
    @GetMapping("/v1/parked")
    Page<ParkedReport> list(@Parameter(hidden = true) QueryParameters parameters) {
        Set<ParkedStatus> statuses = parameters.enums("status", ParkedStatus.class);
        ParkedQueries.Place before = parameters.cursor(ParkedQueries.Place::parse);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return queries.list(statuses.isEmpty() ? Set.of(ParkedStatus.PARKED) : statuses, before, limit);
    }

    @Operation(operationId = "getParked", summary = "One parked report, with the record that it came as")
    @GetMapping("/v1/parked/{id}")
    ParkedRecord get(@PathVariable UUID id, @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return queries.find(id).orElseThrow(() -> Problem.notFound("parked report", id));
    }

    @Operation(
            operationId = "retryParked",
            summary = "Process a parked report again",
            description =
                    "Answers what became of it. Where it fails again it stays `PARKED`, with the new reason. 409 when it was settled before, 410 when the month of its receipt is in the archive: then it can only be discarded.")
    @PostMapping("/v1/parked/{id}/retry")
    Settlement retry(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestBody Decision decision) {
        parameters.refuseUnknown();
        return settle.retry(id, checked(decision));
    }

    @Operation(
            operationId = "discardParked",
            summary = "Put a parked report aside for good",
            description = "Its report is `REJECTED` from then on. 409 when it was settled before.")
    @PostMapping("/v1/parked/{id}/discard")
    Settlement discard(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestBody Decision decision) {
        parameters.refuseUnknown();
        return settle.discard(id, checked(decision));
    }

    private static Decision checked(Decision decision) {
        String reason = decision.reason();
        String expected = "why this is decided, 1 to " + LONGEST_REASON + " characters";
        if (reason == null) {
            throw Problem.badBody("reason", "missing", expected);
        }
        if (reason.isBlank()) {
            throw Problem.badBody("reason", "blank", expected);
        }
        if (reason.length() > LONGEST_REASON) {
            throw Problem.badBody("reason", reason.length() + " characters long", expected);
        }
        if (reason.indexOf('\0') >= 0) {
            throw Problem.badBody("reason", "text with a NUL character", expected);
        }
        return decision;
    }
}
