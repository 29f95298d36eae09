package org.citybrain.api.dispatch;

import java.net.http.HttpTimeoutException;
import java.util.function.Supplier;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** Sends a person's command to dispatch-service, and turns what can go wrong on the way into a problem that says what was done. */
public final class AskDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(AskDispatch.class);

    private AskDispatch() {}

    /**
     * Sends a command.
     *
     * @param what for messages: {@code incident 0197…}
     * @param seeAfterwards where the caller sees whether a command without an answer was carried out
     * @throws ErrorResponseException what dispatch-service refuses, as it says it; 503 where it does not answer; 502 where it fails
     */
    public static <T> T ask(String what, String seeAfterwards, Supplier<@Nullable T> command) {
        try {
            T answer = command.get();
            if (answer == null) {
                throw Problem.of(ProblemReason.DISPATCH_FAILED, "dispatch-service answered nothing", null);
            }
            return answer;
        } catch (HttpClientErrorException refusal) {
            throw passedOn(refusal, what);
        } catch (ResourceAccessException silent) {
            LOG.warn("dispatch-service does not answer: {}", silent.getMessage());
            String detail = silent.getCause() instanceof HttpTimeoutException
                    ? "dispatch-service did not answer in time, the command may have been carried out: see "
                            + seeAfterwards
                    : "dispatch-service cannot be reached, nothing was done: expected it to be back soon, try again";
            throw Problem.of(ProblemReason.DISPATCH_UNREACHABLE, detail, silent);
        } catch (RestClientException failure) {
            throw failed(what, failure);
        }
    }

    private static ErrorResponseException passedOn(HttpClientErrorException refusal, String what) {
        ProblemDetail problem;
        try {
            problem = refusal.getResponseBodyAs(ProblemDetail.class);
        } catch (RestClientException unreadable) {
            return failed(what, refusal);
        }
        if (problem == null || problem.getProperties() == null) {
            return failed(what, refusal);
        }
        var passedOn = new ErrorResponseException(refusal.getStatusCode(), problem, refusal);
        HttpHeaders headers = refusal.getResponseHeaders();
        if (headers != null && headers.getETag() != null) {
            passedOn.getHeaders().setETag(headers.getETag());
        }
        return passedOn;
    }

    private static ErrorResponseException failed(String what, RestClientException failure) {
        LOG.error("dispatch-service failed on {}", what, failure);
        return Problem.of(
                ProblemReason.DISPATCH_FAILED,
                "dispatch-service could not do it for " + what + "; its log says more, under the trace id",
                failure);
    }
}
