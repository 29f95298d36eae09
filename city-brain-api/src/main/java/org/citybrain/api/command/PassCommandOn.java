package org.citybrain.api.command;

import java.util.UUID;
import org.citybrain.api.dispatch.AskDispatch;
import org.citybrain.api.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Passes a command on to dispatch-service where the person sees the incident. */
@Component
class PassCommandOn {

    private final SeenIncidentQueries incidents;
    private final IncidentCommands dispatch;

    PassCommandOn(SeenIncidentQueries incidents, HttpServiceProxyFactory dispatchCommands) {
        this.incidents = incidents;
        this.dispatch = dispatchCommands.createClient(IncidentCommands.class);
    }

    /** @param key and ifMatch as they came: dispatch-service says what is wrong with them */
    ResponseEntity<IncidentCommanded> pass(
            UUID id, String command, Object order, @Nullable String key, @Nullable String ifMatch) {
        if (!incidents.isSeen(id)) {
            throw Problem.notFound("incident", id);
        }
        ResponseEntity<IncidentCommanded> answer = AskDispatch.ask(
                "incident " + id,
                "/v1/incidents/" + id + ", or send it again with the same Idempotency-Key",
                () -> dispatch.command(id, command, key, ifMatch, order));
        return ResponseEntity.ok()
                .eTag(String.valueOf(answer.getHeaders().getETag()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(answer.getBody());
    }
}
