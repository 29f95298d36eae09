package org.citybrain.api.command;

import java.util.UUID;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.api.dispatch.AskDispatch;
import org.citybrain.api.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Passes a command on to dispatch-service where the person sees what it is on. */
@Component
class PassCommandOn {

    private final SeenSubjectQueries subjects;
    private final DispatchCommands dispatch;

    PassCommandOn(SeenSubjectQueries subjects, HttpServiceProxyFactory dispatchCommands) {
        this.subjects = subjects;
        this.dispatch = dispatchCommands.createClient(DispatchCommands.class);
    }

    ResponseEntity<Commanded> pass(UUID id, DescribedCommand command, Object order, SentHeaders headers) {
        SubjectKind on = command.command().subject();
        if (!subjects.isSeen(on, id)) {
            throw Problem.notFound(on.noun(), id);
        }
        ResponseEntity<Commanded> answer = AskDispatch.ask(
                on.noun() + " " + id,
                "/v1/" + on.path() + "/" + id + ", or send it again with the same Idempotency-Key",
                () -> dispatch.command(
                        on.path(),
                        id,
                        command.command().path(),
                        headers.key(),
                        headers.ifMatch(),
                        headers.afterKey(),
                        order));
        return ResponseEntity.ok()
                .eTag(String.valueOf(answer.getHeaders().getETag()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(answer.getBody());
    }
}
