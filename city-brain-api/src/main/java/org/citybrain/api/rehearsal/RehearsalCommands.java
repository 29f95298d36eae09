package org.citybrain.api.rehearsal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** dispatch-service's internal commands on rehearsals. */
@HttpExchange("/internal/rehearsals")
interface RehearsalCommands {

    @PostExchange
    Begun begin(@RequestBody Begin begin);

    @PostExchange("/{id}/cancel")
    Begun cancel(@PathVariable UUID id);

    record Begin(
            String kind,
            int version,
            @Nullable Instant from,
            @Nullable Instant to) {}

    record Begun(UUID id) {}
}
