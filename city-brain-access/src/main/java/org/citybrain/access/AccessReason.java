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
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "Not found"),
    /** A path or header that only an attacker writes. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request is not what was expected"),
    OVER_RATE(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    /** The identity server does not answer, so nobody can be told apart. */
    IDENTITY_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The identity server does not answer");

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
