package org.citybrain.dispatch.rehearse;

import org.springframework.http.HttpStatus;

/** Why a rehearsal is not begun, or not cancelled. */
final class RehearsalRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String reason;
    private final String value;
    private final String expected;

    private RehearsalRefused(HttpStatus status, String reason, String what, String value, String expected) {
        super(what + ": expected " + expected);
        this.status = status;
        this.reason = reason;
        this.value = value;
        this.expected = expected;
    }

    static RehearsalRefused notFound(String thing, String id) {
        return new RehearsalRefused(
                HttpStatus.NOT_FOUND, "NOT_FOUND", "there is no " + thing + " " + id, id, "one that is there");
    }

    static RehearsalRefused badBody(String field, String value, String expected) {
        return new RehearsalRefused(HttpStatus.BAD_REQUEST, "BAD_BODY", field + " is '" + value + "'", value, expected);
    }

    static RehearsalRefused unreadable(String policy, String why) {
        return new RehearsalRefused(
                HttpStatus.CONFLICT,
                "POLICY_UNREADABLE",
                policy + " cannot be read: " + why,
                policy,
                "a document that the evaluators can read");
    }

    static RehearsalRefused busy(int most) {
        return new RehearsalRefused(
                HttpStatus.CONFLICT,
                "REHEARSALS_BUSY",
                "one rehearsal runs and others wait",
                Integer.toString(most),
                "at most " + most + " at once in one instance, try again when one has ended");
    }

    static RehearsalRefused ended(String status) {
        return new RehearsalRefused(
                HttpStatus.CONFLICT, "REHEARSAL_ENDED", "the rehearsal is " + status, status, "one that is RUNNING");
    }

    HttpStatus status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String value() {
        return value;
    }

    String expected() {
        return expected;
    }
}
