package org.citybrain.api.subscription;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.api.request.RequestKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Subscriptions", description = "What a person is told of, and how")
class SubscriptionEndpoint {

    private final Subscribe subscribe;
    private final PostgresNotices notices;

    SubscriptionEndpoint(Subscribe subscribe, PostgresNotices notices) {
        this.subscribe = subscribe;
        this.notices = notices;
    }

    @Operation(
            operationId = "listSubscriptions",
            summary = "The person's subscriptions",
            description = "An administrator sees those of all. There is one page.")
    @GetMapping("/v1/subscriptions")
    Page<Subscription> list(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return new Page<>(subscribe.list(person), null);
    }

    @Operation(operationId = "createSubscription", summary = "Be told of something", description = """
                    On the signed-in pages (`LIVE`), or by requests to an address (`WEBHOOK`): CloudEvents in structured mode, signed \
                    after the Standard Webhooks convention by the `secret`, which no list shows. 422 `WEBHOOK_REFUSED` for an \
                    address that may not be called. The same request again, with the same `Idempotency-Key`, is answered as the \
                    first time, with the present secret. See docs/being-told.md.""")
    @PostMapping("/v1/subscriptions")
    ResponseEntity<SubscriptionMade> create(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(
                            name = RequestKey.HEADER,
                            in = ParameterIn.HEADER,
                            required = true,
                            description = "A UUID, or 1 to 128 printable characters: one for each subscription",
                            schema = @Schema(type = "string"))
                    @RequestHeader(name = RequestKey.HEADER, required = false)
                    @Nullable
                    String key,
            @RequestBody SubscriptionRequest request) {
        parameters.refuseUnknown();
        return secret(subscribe.subscribe(person, request, key));
    }

    @Operation(operationId = "deleteSubscription", summary = "Be told no more", description = """
                    What waits to be told is not told any more, and what was told is no longer listed; the receipts in the \
                    timelines stay. Answers the subscription as it was.""")
    @DeleteMapping("/v1/subscriptions/{id}")
    Subscription delete(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return subscribe.end(id, person);
    }

    @Operation(operationId = "rotateSecret", summary = "A new secret for a webhook", description = """
                    For 24 hours messages are signed by both, the new one first; then the former one is forgotten. Within these \
                    24 hours the same secret is answered again, and none is made.""")
    @PostMapping("/v1/subscriptions/{id}/secret")
    ResponseEntity<SubscriptionMade> rotate(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return secret(subscribe.rotate(id, person));
    }

    @Operation(operationId = "listDeliveries", summary = "What became of a subscription's notices, the newest first")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "`DEAD`: tried as often as it is tried, and given up",
            schema = @Schema(implementation = Notice.Status.class))
    @Paged
    @GetMapping("/v1/subscriptions/{id}/deliveries")
    Page<Notice> deliveries(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        Notice.Status status = parameters.value(
                "status", Notice.Status::valueOf, "one of " + QueryParameters.constants(Notice.Status.class));
        UUID before = parameters.cursor(QueryParameters::parseUuid);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return notices.listOf(subscribe.get(id, person).id(), status, before, limit);
    }

    @Operation(
            operationId = "retryDelivery",
            summary = "Have a dead delivery tried again",
            description =
                    "From the beginning, at once. One that is not dead stays as it is. 409 where the subscription is disabled.")
    @PostMapping("/v1/subscriptions/{id}/deliveries/{noticeId}/retry")
    Notice retry(
            @PathVariable UUID id,
            @PathVariable UUID noticeId,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        Subscription subscription = subscribe.get(id, person);
        if (subscription.status() == Subscription.Status.DISABLED) {
            throw Problem.refused(
                    ProblemReason.SUBSCRIPTION_DISABLED,
                    "subscription " + id + " is disabled: " + subscription.statusReason(),
                    "a new one");
        }
        return notices.retry(id, noticeId).stream().findFirst().orElseThrow(() -> Problem.notFound("notice", noticeId));
    }

    private static ResponseEntity<SubscriptionMade> secret(SubscriptionMade made) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(made);
    }
}
