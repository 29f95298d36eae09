package org.citybrain.api.parked;

import java.net.http.HttpTimeoutException;
import java.util.UUID;
import java.util.function.BiFunction;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** Passes a person's decision on to dispatch-service, and its refusals back. */
@Component
class SettleParked {

    private static final Logger LOG = LoggerFactory.getLogger(SettleParked.class);

    private final DispatchCommands dispatch;

    SettleParked(DispatchCommands dispatch) {
        this.dispatch = dispatch;
    }

    Settlement retry(UUID id, Decision decision) {
        return settle(id, decision, dispatch::retry);
    }

    Settlement discard(UUID id, Decision decision) {
        return settle(id, decision, dispatch::discard);
    }

    private static Settlement settle(
            UUID id, Decision decision, BiFunction<UUID, Decision, @Nullable Settlement> command) {
        try {
            Settlement settlement = command.apply(id, decision);
            if (settlement == null) {
                throw Problem.of(ProblemReason.DISPATCH_FAILED, "dispatch-service answered nothing", null);
            }
            return settlement;
        } catch (HttpClientErrorException.NotFound unknown) {
            throw Problem.notFound("parked report", id);
        } catch (HttpClientErrorException.Conflict settled) {
            throw Problem.of(ProblemReason.ALREADY_SETTLED, detail(settled, id), settled);
        } catch (ResourceAccessException silent) {
            LOG.warn("dispatch-service does not answer: {}", silent.getMessage());
            String detail = silent.getCause() instanceof HttpTimeoutException
                    ? "dispatch-service did not answer in time, the decision may have been carried out: see /v1/parked/"
                            + id
                    : "dispatch-service cannot be reached, nothing was done: expected it to be back soon, try again";
            throw Problem.of(ProblemReason.DISPATCH_UNREACHABLE, detail, silent);
        } catch (RestClientException failure) {
            LOG.error("dispatch-service failed on parked report {}", id, failure);
            throw Problem.of(
                    ProblemReason.DISPATCH_FAILED,
                    "dispatch-service could not settle parked report " + id + "; its log says more, under the trace id",
                    failure);
        }
    }

    private static String detail(HttpClientErrorException refusal, UUID id) {
        String fallback = "parked report " + id + " was settled before: expected one that waits";
        try {
            ProblemDetail problem = refusal.getResponseBodyAs(ProblemDetail.class);
            return problem == null || problem.getDetail() == null ? fallback : problem.getDetail();
        } catch (RestClientException unreadable) {
            return fallback;
        }
    }
}
