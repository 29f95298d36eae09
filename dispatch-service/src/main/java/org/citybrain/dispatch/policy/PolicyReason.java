package org.citybrain.dispatch.policy;

import org.springframework.http.HttpStatus;

/** Why a change of a policy is refused: the one name under which it is answered. */
enum PolicyReason {
    /** The document has mistakes; {@code errors} names each place. */
    INVALID_POLICY(HttpStatus.UNPROCESSABLE_CONTENT),
    /** A field of the command, not of the document, is missing or cannot be. */
    BAD_BODY(HttpStatus.BAD_REQUEST),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    /** The change does not say which state of the draft it is made on. */
    VERSION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED),
    /** Somebody has changed it since. */
    STALE_VERSION(HttpStatus.PRECONDITION_FAILED),
    /** Approved, in force, superseded or given up: it stays as it is. */
    NOT_OPEN(HttpStatus.CONFLICT),
    /** No rehearsal of exactly this document has finished. */
    NOT_REHEARSED(HttpStatus.CONFLICT),
    /** Who has written at it does not approve it. */
    SAME_PERSON(HttpStatus.CONFLICT),
    /** The moment from which it should be in force has passed, or is too far away. */
    BAD_MOMENT(HttpStatus.UNPROCESSABLE_CONTENT),
    TOO_MANY_DRAFTS(HttpStatus.CONFLICT),
    /** So many approved versions wait for their moment already. */
    TOO_MANY_UPCOMING(HttpStatus.CONFLICT),
    /** Only an administrator or a city operator gives up what was approved. */
    NOT_ALLOWED(HttpStatus.FORBIDDEN);

    private final HttpStatus status;

    PolicyReason(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
