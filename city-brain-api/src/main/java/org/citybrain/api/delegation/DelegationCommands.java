package org.citybrain.api.delegation;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import tools.jackson.databind.JsonNode;

/** dispatch-service's internal commands on delegations. What was stored is read again, in the words of this service. */
@HttpExchange("/internal/delegations")
interface DelegationCommands {

    @PostExchange
    JsonNode request(@RequestBody DelegationRequest request);

    @PostExchange("/{id}/approve")
    JsonNode approve(@PathVariable UUID id, @RequestBody DelegationDecision decision);

    @PostExchange("/{id}/refuse")
    JsonNode refuse(@PathVariable UUID id, @RequestBody DelegationDecision decision);
}
