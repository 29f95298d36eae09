package org.citybrain.grid.problem;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that cannot be answered; becomes a problem document with {@code reason}, {@code value} and {@code expected}. */
public final class RequestProblem extends ErrorResponseException {

    /** Characters of a value that are sent back: enough to find it again. */
    private static final int LONGEST_VALUE = 200;

    /**
     * @param parameter which parameter, or what else was asked for
     * @param value what it was; null where it was absent
     * @param expected what would have been right
     */
    public RequestProblem(ProblemReason reason, String parameter, @Nullable String value, String expected) {
        super(
                reason.status(),
                document(reason, readable(parameter), value == null ? null : readable(value), expected),
                null);
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

    /** Half of a character of two halves cannot be written as JSON: it becomes a question mark. */
    private static String readable(String value) {
        String shown = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
        return new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
