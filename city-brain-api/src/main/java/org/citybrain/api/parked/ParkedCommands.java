package org.citybrain.api.parked;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** dispatch-service's internal commands on what it has parked. */
@HttpExchange("/internal/parked")
interface ParkedCommands {

    @PostExchange("/{id}/retry")
    Settlement retry(@PathVariable UUID id, @RequestBody Decision decision);

    @PostExchange("/{id}/discard")
    Settlement discard(@PathVariable UUID id, @RequestBody Decision decision);
}
