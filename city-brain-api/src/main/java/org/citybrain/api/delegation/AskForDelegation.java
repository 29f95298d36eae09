package org.citybrain.api.delegation;

import java.util.UUID;
import java.util.function.Supplier;
import org.citybrain.api.dispatch.AskDispatch;
import org.citybrain.api.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;

/** Passes requests and decisions on to dispatch-service, and its refusals back as they are. */
@Component
class AskForDelegation {

    private final DelegationCommands dispatch;
    private final DelegationQueries delegations;

    AskForDelegation(HttpServiceProxyFactory dispatchCommands, DelegationQueries delegations) {
        this.dispatch = dispatchCommands.createClient(DelegationCommands.class);
        this.delegations = delegations;
    }

    Delegation request(DelegationRequest request) {
        return done(String.valueOf(request.delegationId()), () -> dispatch.request(request));
    }

    Delegation approve(UUID id, DelegationDecision decision) {
        return done(id.toString(), () -> dispatch.approve(id, decision));
    }

    Delegation refuse(UUID id, DelegationDecision decision) {
        return done(id.toString(), () -> dispatch.refuse(id, decision));
    }

    private Delegation done(String id, Supplier<@Nullable JsonNode> command) {
        JsonNode answer = AskDispatch.ask("delegation " + id, "/v1/delegations/" + id, command);
        UUID stored = UUID.fromString(answer.path("id").asString());
        return delegations.find(stored).orElseThrow(() -> Problem.notFound("delegation", stored));
    }
}
