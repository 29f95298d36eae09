package org.citybrain.api.problem;

import org.springframework.http.HttpStatus;

/** Why a request was refused: the one name under which it is answered. */
public enum ProblemReason {
    /** A query or path parameter has a value that cannot be. */
    BAD_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter has a value that cannot be"),
    /** A query parameter that this path does not know, most often a misspelt one. */
    UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST, "No such parameter"),
    /** The body is no JSON, or a field of it has a value that cannot be. */
    BAD_BODY(HttpStatus.BAD_REQUEST, "The body is not what was expected"),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not what was expected"),
    /** Nothing has this id, or nothing lies under this path. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not take this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only JSON is answered"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only JSON is read"),
    /** A parked report that a person has settled before. */
    ALREADY_SETTLED(HttpStatus.CONFLICT, "Already settled"),
    /** dispatch-service answered something that it should not. */
    DISPATCH_FAILED(HttpStatus.BAD_GATEWAY, "dispatch-service could not do it"),
    DISPATCH_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "dispatch-service does not answer"),
    BROKER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not answer"),
    DATABASE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "A fault of this service");

    private final HttpStatus status;
    private final String title;

    ProblemReason(HttpStatus status, String title) {
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
