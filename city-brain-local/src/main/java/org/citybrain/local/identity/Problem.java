package org.citybrain.local.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The refusals of the accounts API. Each is thrown, and answered as an RFC 9457 problem document. */
final class Problem {

    enum Reason {
        BAD_VALUE(HttpStatus.BAD_REQUEST),
        BAD_BODY(HttpStatus.BAD_REQUEST),
        NO_SUCH_ACCOUNT(HttpStatus.NOT_FOUND),
        /** Nobody changes their own account: so there is always an administrator. */
        OWN_ACCOUNT(HttpStatus.CONFLICT),
        TOO_MANY_KEYS(HttpStatus.CONFLICT),
        /** The framework's own refusals: another method, another media type. */
        BAD_REQUEST(HttpStatus.BAD_REQUEST),
        INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR);

        private final HttpStatus status;

        Reason(HttpStatus status) {
            this.status = status;
        }
    }

    private Problem() {}

    /** {@code unit is '5': expected a unit's code …}. */
    static ErrorResponseException bad(String field, String value, String expected) {
        return of(Reason.BAD_VALUE, field + " is '" + value + "'", value, expected);
    }

    static ErrorResponseException of(Reason reason, String what, @Nullable String value, String expected) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(reason.status, what + ": expected " + expected);
        problem.setProperty("reason", reason);
        if (value != null) {
            problem.setProperty("value", value);
        }
        problem.setProperty("expected", expected);
        return new ErrorResponseException(reason.status, problem, null);
    }
}
