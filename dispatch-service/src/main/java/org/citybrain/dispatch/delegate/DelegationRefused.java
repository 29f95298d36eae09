package org.citybrain.dispatch.delegate;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request or decision that is not taken: nothing was done. It is answered as the problem that it holds. */
final class DelegationRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String value;
    private final String expected;
    private final transient Map<String, String> lacks;

    private DelegationRefused(Reason reason, String detail, String value, String expected, Map<String, String> lacks) {
        super(detail + ": expected " + expected, null, false, false);
        this.reason = reason;
        this.value = value;
        this.expected = expected;
        this.lacks = lacks;
    }

    static DelegationRefused of(Reason reason, String detail, Object value, String expected) {
        return new DelegationRefused(reason, detail, value.toString(), expected, Map.of());
    }

    /** @param lacks each item that is missing or cannot be, with what was expected */
    static DelegationRefused incomplete(Map<String, String> lacks) {
        String names = String.join(", ", lacks.keySet());
        return new DelegationRefused(
                Reason.INCOMPLETE_DELEGATION,
                "a delegation lacks " + names,
                names,
                String.join("; ", lacks.values()),
                lacks);
    }

    Reason reason() {
        return reason;
    }

    ProblemDetail problem() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(reason.status, String.valueOf(getMessage()));
        problem.setType(URI.create("about:blank"));
        problem.setTitle(reason.title);
        problem.setProperty("reason", reason);
        problem.setProperty("value", value);
        problem.setProperty("expected", expected);
        if (!lacks.isEmpty()) {
            problem.setProperty("missing", List.copyOf(lacks.keySet()));
        }
        return problem;
    }

    /** Why; the one name under which it is answered and audited. */
    enum Reason {
        /** Reason, budget, handling manual or what it is about are missing, or cannot be. */
        INCOMPLETE_DELEGATION(HttpStatus.UNPROCESSABLE_CONTENT, "Something is missing"),
        NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
        /** A grid worker may be given this type: the grid has its task already. */
        NOT_OFF_LIST(HttpStatus.CONFLICT, "That is on the list"),
        /** The incident does not touch this grid. */
        GRID_NOT_CONCERNED(HttpStatus.UNPROCESSABLE_CONTENT, "Not the incident's grid"),
        /** Somebody has asked for this grid before, and was not refused. */
        ALREADY_REQUESTED(HttpStatus.CONFLICT, "Asked for before"),
        /** Another request has this id. */
        DELEGATION_ID_TAKEN(HttpStatus.CONFLICT, "Another request has this id"),
        /** Somebody has approved or refused it before. */
        ALREADY_DECIDED(HttpStatus.CONFLICT, "Decided before"),
        /** Whoever asks does not decide. */
        OWN_REQUEST(HttpStatus.FORBIDDEN, "Somebody else decides"),
        /** Decided by the grid's street or above. */
        UNIT_TOO_LOW(HttpStatus.FORBIDDEN, "Not for your unit"),
        BAD_BODY(HttpStatus.BAD_REQUEST, "The body is not what was expected");

        private final HttpStatus status;
        private final String title;

        Reason(HttpStatus status, String title) {
            this.status = status;
            this.title = title;
        }
    }
}
