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

/** dispatch-service's internal commands. */
@HttpExchange("/internal")
interface DispatchCommands {

    @PostExchange("/{subjects}/{id}/{command}")
    ResponseEntity<Commanded> command(
            @PathVariable String subjects,
            @PathVariable UUID id,
            @PathVariable String command,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = "After-Key", required = false) @Nullable String afterKey,
            @RequestBody Object order);
}
