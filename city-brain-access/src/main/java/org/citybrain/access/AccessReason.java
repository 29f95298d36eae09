package org.citybrain.access;

import org.springframework.http.HttpStatus;

/** Why a caller was turned away before any endpoint was reached: the one name under which it is answered, audited, counted. */
public enum AccessReason {
    /** No token, key or session came with the request. */
    NOT_SIGNED_IN(HttpStatus.UNAUTHORIZED, "Sign in first"),
    /** A token or key came, but it is not good: forged, expired, of another issuer, for another system, revoked. */
    BAD_TOKEN(HttpStatus.UNAUTHORIZED, "The token is not good"),
    /** The caller is known, and none of their roles may do this. */
    NOT_ALLOWED(HttpStatus.FORBIDDEN, "Not for your role"),
    /** A page's request came without the proof that the page sent it. */
    NO_PROOF_OF_ORIGIN(HttpStatus.FORBIDDEN, "Not sent by our page"),
    /** Somebody else is signed in than the one whose request it was made as. */
    OTHER_ACCOUNT(HttpStatus.CONFLICT, "Somebody else is signed in"),
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "Not found"),
    /** A path or header that only an attacker writes. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request is not what was expected"),
    /** More requests a second than this caller may send. */
    OVER_RATE(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    /** More requests at the same time than one caller may have. */
    TOO_MANY_AT_ONCE(HttpStatus.TOO_MANY_REQUESTS, "Too many requests at once"),
    /** More requests at the same time than this instance takes of all callers together. */
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Busy"),
    /** The body is larger than this endpoint takes. */
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Payload too large"),
    /** The body did not arrive in time. */
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "Body too slow"),
    /** The identity server does not answer, so nobody can be told apart. */
    IDENTITY_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The identity server does not answer"),
    /** The gateways' keys could not be read for so long that what was known of them does not count any more. */
    KEYS_UNREADABLE(HttpStatus.SERVICE_UNAVAILABLE, "The keys cannot be read");

    private final HttpStatus status;
    private final String title;

    AccessReason(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }
}
