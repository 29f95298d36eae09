package org.citybrain.api.delegation;

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
@Tag(name = "Delegations", description = "What is off the list, and may go to a grid after all")
class DelegationEndpoint {

    private static final int LONGEST_REASON = 1000;

    private final DelegationQueries delegations;
    private final AskForDelegation ask;

    DelegationEndpoint(DelegationQueries delegations, AskForDelegation ask) {
        this.delegations = delegations;
        this.ask = ask;
    }

    @Operation(operationId = "listDelegations", summary = "Delegations, the last requested first")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "May be repeated, or hold several separated by commas",
            array = @ArraySchema(schema = @Schema(implementation = DelegationStatus.class)))
    @Parameter(
            name = "incident",
            in = ParameterIn.QUERY,
            description = "An incident's id",
            schema = @Schema(type = "string", format = "uuid"))
    @Paged
    @GetMapping("/v1/delegations")
    Page<Delegation> list(@Parameter(hidden = true) QueryParameters parameters) {
        Set<DelegationStatus> statuses = parameters.enums("status", DelegationStatus.class);
        UUID incidentId = parameters.uuid("incident");
        DelegationQueries.Place before = parameters.cursor(DelegationQueries.Place::parse);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return delegations.list(statuses, incidentId, before, limit);
    }

    @Operation(operationId = "getDelegation", summary = "One delegation")
    @GetMapping("/v1/delegations/{id}")
    Delegation get(@PathVariable UUID id, @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return delegations.find(id).orElseThrow(() -> Problem.notFound("delegation", id));
    }

    @Operation(
            operationId = "requestDelegation",
            summary = "Ask that a grid be given what is off the list",
            description = """
                    Reason, budget and handling manual are needed: what is missing is named (422, `missing`), and that is in the \
                    audit trail. The same request again answers what became of the first. 409 when the type is on the list, or \
                    somebody has asked for this grid before.""")
    @PostMapping("/v1/delegations")
    Delegation request(@Parameter(hidden = true) QueryParameters parameters, @RequestBody DelegationRequest request) {
        parameters.refuseUnknown();
        return ask.request(request);
    }

    @Operation(
            operationId = "approveDelegation",
            summary = "Let the grid have it",
            description =
                    "The grid gets a task. Not by whoever asked (403), but by somebody of its street or above. 409 when it was decided before.")
    @PostMapping("/v1/delegations/{id}/approve")
    Delegation approve(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestBody DelegationDecision decision) {
        parameters.refuseUnknown();
        return ask.approve(id, checked(decision));
    }

    @Operation(
            operationId = "refuseDelegation",
            summary = "Do not let the grid have it",
            description =
                    "Not by whoever asked (403), but by somebody of its street or above. 409 when it was decided before.")
    @PostMapping("/v1/delegations/{id}/refuse")
    Delegation refuse(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestBody DelegationDecision decision) {
        parameters.refuseUnknown();
        return ask.refuse(id, checked(decision));
    }

    private static DelegationDecision checked(DelegationDecision decision) {
        String reason = decision.reason();
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw Problem.badBody(
                    "reason",
                    reason == null ? "missing" : reason.isBlank() ? "blank" : reason.length() + " characters long",
                    "why this is decided, 1 to " + LONGEST_REASON + " characters without NUL");
        }
        return decision;
    }
}
