package org.citybrain.api.handover;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.request.RequestKey;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Hand-overs", description = "What one shift leaves to the next")
class HandOverEndpoint {

    private final HandOverDuty duty;

    HandOverEndpoint(HandOverDuty duty) {
        this.duty = duty;
    }

    @Operation(operationId = "listHandOvers", summary = "Hand-overs of a unit and of all below it, the last first")
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description = "The person's own unit or one below it; their own where absent",
            schema = @Schema(type = "string", example = "500112"))
    @Paged
    @GetMapping("/v1/hand-overs")
    Page<HandOver> list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        UnitCode unit = parameters.unit("unit");
        HandOverQueries.Place before = parameters.cursor(HandOverQueries.Place::parse);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return duty.list(person, unit, before, limit);
    }

    @Operation(operationId = "handOver", summary = "Leave the unit to the next shift", description = """
                    Keeps how things stand at this moment (what is open, overdue, waiting for verification) beside the operator's own \
                    words. The same request again, with the same `Idempotency-Key`, is answered as the first time.""")
    @PostMapping("/v1/hand-overs")
    HandOver handOver(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(
                            name = RequestKey.HEADER,
                            in = ParameterIn.HEADER,
                            required = true,
                            description = "A UUID, or 1 to 128 printable characters: one for each hand-over",
                            schema = @Schema(type = "string"))
                    @RequestHeader(name = RequestKey.HEADER, required = false)
                    @Nullable
                    String key,
            @RequestBody HandOverRequest request) {
        parameters.refuseUnknown();
        return duty.handOver(person, request, key);
    }

    @Operation(operationId = "takeOver", summary = "Take the unit over", description = """
                    By somebody else than whoever handed it over (409), once: who comes second is told who came first (409). \
                    Again by the same person: nothing changes.""")
    @PostMapping("/v1/hand-overs/{id}/take-over")
    HandOver takeOver(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return duty.takeOver(id, person);
    }
}
