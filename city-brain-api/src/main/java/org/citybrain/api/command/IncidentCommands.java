package org.citybrain.api.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** dispatch-service's internal commands on incidents. */
@HttpExchange("/internal/incidents")
interface IncidentCommands {

    @PostExchange("/{id}/{command}")
    ResponseEntity<IncidentCommanded> command(
            @PathVariable UUID id,
            @PathVariable String command,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Object order);
}
