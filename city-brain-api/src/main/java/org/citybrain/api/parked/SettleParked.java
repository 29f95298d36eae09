package org.citybrain.api.parked;

import java.util.UUID;
import java.util.function.BiFunction;
import org.citybrain.api.dispatch.AskDispatch;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Passes a person's decision on to dispatch-service, and its refusals back. */
@Component
class SettleParked {

    private final ParkedCommands dispatch;

    SettleParked(HttpServiceProxyFactory dispatchCommands) {
        this.dispatch = dispatchCommands.createClient(ParkedCommands.class);
    }

    Settlement retry(UUID id, Decision decision) {
        return settle(id, decision, dispatch::retry);
    }

    Settlement discard(UUID id, Decision decision) {
        return settle(id, decision, dispatch::discard);
    }

    private static Settlement settle(
            UUID id, Decision decision, BiFunction<UUID, Decision, @Nullable Settlement> command) {
        return AskDispatch.ask("parked report " + id, "/v1/parked/" + id, () -> {
            try {
                return command.apply(id, decision);
            } catch (HttpClientErrorException.NotFound unknown) {
                throw Problem.notFound("parked report", id);
            } catch (HttpClientErrorException.Conflict settled) {
                String fallback = "parked report " + id + " was settled before: expected one that waits";
                throw Problem.of(ProblemReason.ALREADY_SETTLED, detail(settled, fallback), settled);
            } catch (HttpClientErrorException.Gone archived) {
                String fallback =
                        "parked report " + id + " is of a month in the archive: expected one of a later month";
                throw Problem.of(ProblemReason.ARCHIVED, detail(archived, fallback), archived);
            }
        });
    }

    private static String detail(HttpClientErrorException refusal, String fallback) {
        try {
            ProblemDetail problem = refusal.getResponseBodyAs(ProblemDetail.class);
            return problem == null || problem.getDetail() == null ? fallback : problem.getDetail();
        } catch (RestClientException unreadable) {
            return fallback;
        }
    }
}
