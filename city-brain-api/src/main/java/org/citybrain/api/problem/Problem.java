package org.citybrain.api.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The refusals that this service makes itself. Each is thrown, and answered as an RFC 9457 problem document. */
public final class Problem {

    private static final String RETRY_AFTER_SECONDS = "2";

    private Problem() {}

    /** 400: {@code level is 'V': expected one of I, II, III, IV}. */
    public static ErrorResponseException badParameter(String parameter, String value, String expected) {
        ProblemDetail problem =
                detail(ProblemReason.BAD_PARAMETER, "%s is '%s': expected %s".formatted(parameter, value, expected));
        problem.setProperty("parameter", parameter);
        problem.setProperty("value", value);
        problem.setProperty("expected", expected);
        return exception(ProblemReason.BAD_PARAMETER, problem, null);
    }

    /** 400: a parameter that this path does not know. */
    public static ErrorResponseException unknownParameter(String parameter, String value, String expected) {
        ProblemDetail problem = detail(
                ProblemReason.UNKNOWN_PARAMETER,
                "'%s' is no parameter of this path: expected %s".formatted(parameter, expected));
        problem.setProperty("parameter", parameter);
        problem.setProperty("value", value);
        problem.setProperty("expected", expected);
        return exception(ProblemReason.UNKNOWN_PARAMETER, problem, null);
    }

    /** 400: {@code reason is missing: expected …}. */
    public static ErrorResponseException badBody(String field, String found, String expected) {
        ProblemDetail problem =
                detail(ProblemReason.BAD_BODY, "%s is %s: expected %s".formatted(field, found, expected));
        problem.setProperty("field", field);
        problem.setProperty("value", found);
        problem.setProperty("expected", expected);
        return exception(ProblemReason.BAD_BODY, problem, null);
    }

    /** 400: {@code Idempotency-Key is missing: expected …}. */
    public static ErrorResponseException badHeader(String header, @Nullable String value, String expected) {
        String found = value == null ? "missing" : "'" + value + "'";
        ProblemDetail problem =
                detail(ProblemReason.BAD_HEADER, "%s is %s: expected %s".formatted(header, found, expected));
        problem.setProperty("parameter", header);
        problem.setProperty("value", value == null ? "missing" : value);
        problem.setProperty("expected", expected);
        return exception(ProblemReason.BAD_HEADER, problem, null);
    }

    /** Any other refusal of a value, with the value and what was expected. */
    public static ErrorResponseException refused(ProblemReason reason, String value, String expected) {
        ProblemDetail problem = detail(reason, "%s: expected %s".formatted(value, expected));
        problem.setProperty("value", value);
        problem.setProperty("expected", expected);
        return exception(reason, problem, null);
    }

    /** 404: {@code no incident has the id …}. */
    public static ErrorResponseException notFound(String thing, Object id) {
        ProblemDetail problem = detail(ProblemReason.NOT_FOUND, "no %s has the id %s".formatted(thing, id));
        problem.setProperty("value", id.toString());
        problem.setProperty("expected", "the id of " + (thing.startsWith("i") ? "an " : "a ") + thing);
        return exception(ProblemReason.NOT_FOUND, problem, null);
    }

    /** Any other refusal. */
    public static ErrorResponseException of(ProblemReason reason, String detail, @Nullable Throwable cause) {
        return exception(reason, detail(reason, detail), cause);
    }

    static ProblemDetail detail(ProblemReason reason, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(reason.status(), detail);
        problem.setTitle(reason.title());
        problem.setProperty("reason", reason);
        return problem;
    }

    private static ErrorResponseException exception(
            ProblemReason reason, ProblemDetail problem, @Nullable Throwable cause) {
        var exception = new ErrorResponseException(reason.status(), problem, cause);
        if (reason.status().value() == 503) {
            exception.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return exception;
    }
}
