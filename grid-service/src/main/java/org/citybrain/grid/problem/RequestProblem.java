package org.citybrain.grid.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that cannot be answered; becomes a problem document with {@code reason}, {@code value} and {@code expected}. */
public final class RequestProblem extends ErrorResponseException {

    /**
     * @param parameter which parameter, or what else was asked for
     * @param value what it was; null where it was absent
     * @param expected what would have been right
     */
    public RequestProblem(ProblemReason reason, String parameter, @Nullable String value, String expected) {
        super(reason.status(), document(reason, parameter, value, expected), null);
    }

    private static ProblemDetail document(
            ProblemReason reason, String parameter, @Nullable String value, String expected) {
        String given = value == null ? "is absent" : "is '" + value + "'";
        ProblemDetail document =
                ProblemDetail.forStatusAndDetail(reason.status(), parameter + " " + given + ": expected " + expected);
        document.setTitle(reason.status().getReasonPhrase());
        document.setProperty("reason", reason.name());
        document.setProperty("parameter", parameter);
        document.setProperty("value", value);
        document.setProperty("expected", expected);
        return document;
    }
}
