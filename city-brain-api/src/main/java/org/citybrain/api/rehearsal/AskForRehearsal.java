package org.citybrain.api.rehearsal;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.dispatch.AskDispatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Passes on to dispatch-service that a rehearsal is to begin or to end, and its refusals back. */
@Component
class AskForRehearsal {

    private final RehearsalCommands dispatch;

    AskForRehearsal(HttpServiceProxyFactory dispatchCommands) {
        this.dispatch = dispatchCommands.createClient(RehearsalCommands.class);
    }

    UUID begin(PolicyPath policy, @Nullable Instant from, @Nullable Instant to) {
        var begin = new RehearsalCommands.Begin(policy.kind(), policy.version(), from, to);
        return AskDispatch.ask(
                        "a rehearsal of " + policy.name(),
                        "/v1/policies/" + policy.kind() + "/" + policy.version() + "/rehearsals",
                        () -> dispatch.begin(begin))
                .id();
    }

    void cancel(PolicyPath policy, UUID id) {
        AskDispatch.ask("rehearsal " + id, policy.rehearsal(id), () -> dispatch.cancel(id));
    }
}
