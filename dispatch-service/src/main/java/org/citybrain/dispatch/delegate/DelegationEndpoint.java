package org.citybrain.dispatch.delegate;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What city-brain-api passes on about delegations. Not for callers outside: they go through city-brain-api. */
@RestController
@RequestMapping("/internal/delegations")
@Tag(name = "Delegations", description = "Internal: the outside path is /v1/delegations of city-brain-api")
class DelegationEndpoint {

    private final Delegate delegate;

    DelegationEndpoint(Delegate delegate) {
        this.delegate = delegate;
    }

    @Operation(
            summary = "Ask that a grid be given what is off the list",
            description = "200 with the request, also where it came before; 422 with what is missing")
    @PostMapping
    Delegation request(@RequestBody DelegationRequest request) {
        return delegate.request(request);
    }

    @Operation(
            summary = "Let the grid have it",
            description =
                    "200, also where the same person has said just that before; 403 for whoever asked; 404; 409 where it is"
                            + " decided")
    @PostMapping("/{id}/approve")
    Delegation approve(@PathVariable UUID id, @RequestBody Decision decision) {
        return delegate.approve(id, decision.checkedReason());
    }

    @Operation(
            summary = "Do not",
            description =
                    "200, also where the same person has said just that before; 403 for whoever asked; 404; 409 where it is"
                            + " decided")
    @PostMapping("/{id}/refuse")
    Delegation refuse(@PathVariable UUID id, @RequestBody Decision decision) {
        return delegate.refuse(id, decision.checkedReason());
    }

    @ExceptionHandler
    ProblemDetail refused(DelegationRefused refusal) {
        return refusal.problem();
    }

    /** @param reason why; up to 1,000 characters */
    record Decision(@Nullable String reason) {

        String checkedReason() {
            if (reason == null || DelegationRequest.isNoText(reason)) {
                throw DelegationRefused.of(
                        DelegationRefused.Reason.BAD_BODY,
                        "reason is missing or too long",
                        reason == null ? "missing" : reason.length() + " characters",
                        "why it is decided so, 1 to " + DelegationRequest.MOST_CHARACTERS + " characters");
            }
            return reason;
        }
    }
}
