package org.citybrain.grid.problem;

import org.springframework.http.HttpStatus;

/** Why a request was not answered: the {@code reason} of the problem document, and its status. */
public enum ProblemReason {
    /** No datum, or an unknown one. There is no default. */
    BAD_DATUM(HttpStatus.BAD_REQUEST),
    /** Longitude or latitude is absent, no number, or out of range. */
    BAD_LOCATION(HttpStatus.BAD_REQUEST),
    /** {@code at} or another moment is no ISO-8601 instant. */
    BAD_INSTANT(HttpStatus.BAD_REQUEST),
    /** Not 2, 6, 9, 12, 15 or 17 digits. */
    BAD_UNIT_CODE(HttpStatus.BAD_REQUEST),
    /** No tier of this name, or none that lies below the parent. */
    BAD_TIER(HttpStatus.BAD_REQUEST),
    /** {@code limit} is no whole number, or out of range. */
    BAD_LIMIT(HttpStatus.BAD_REQUEST),
    /** Not the {@code nextCursor} of an earlier page. */
    BAD_CURSOR(HttpStatus.BAD_REQUEST),
    /** A parameter has a value that it cannot have. */
    BAD_PARAMETER(HttpStatus.BAD_REQUEST),
    /** The body is no JSON, or a field of it has a value that cannot be. */
    BAD_BODY(HttpStatus.BAD_REQUEST),
    /** The query string cannot be read. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST),
    /** The place lies in no grid of the map as of that moment. */
    OUTSIDE_CITY(HttpStatus.NOT_FOUND),
    /** No such unit as of that moment. */
    UNKNOWN_UNIT(HttpStatus.NOT_FOUND),
    /** No roster within the reader's reach has this account. */
    UNKNOWN_ACCOUNT(HttpStatus.NOT_FOUND),
    /** No department within the reader's reach has this code. */
    UNKNOWN_DEPARTMENT(HttpStatus.NOT_FOUND),
    /** No version of the map has this id. */
    UNKNOWN_MAP_VERSION(HttpStatus.NOT_FOUND),
    /** Somebody else is changing the map. */
    MAP_BEING_CHANGED(HttpStatus.CONFLICT),
    /** The file cannot become a map: the document lists what is wrong, and nothing of it was taken. */
    IMPORT_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The map was empty as of that moment. */
    NO_MAP(HttpStatus.NOT_FOUND),
    /** Nothing lives at this path. */
    UNKNOWN_PATH(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** The database does not answer: trouble that may pass. */
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR);

    private final HttpStatus status;

    ProblemReason(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
