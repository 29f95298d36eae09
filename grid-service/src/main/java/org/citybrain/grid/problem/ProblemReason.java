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
    /** {@code bbox} is no box of degrees. */
    BAD_BOX(HttpStatus.BAD_REQUEST),
    /** Not an id that a feature of a layer can have. */
    BAD_ID(HttpStatus.BAD_REQUEST),
    /** No kind that a feature of this layer can have. */
    BAD_KIND(HttpStatus.BAD_REQUEST),
    /** No GeoJSON geometry of the type that the layer has, or one that crosses itself. */
    BAD_GEOMETRY(HttpStatus.BAD_REQUEST),
    /** Not the {@code nextCursor} of an earlier page. */
    BAD_CURSOR(HttpStatus.BAD_REQUEST),
    /** The body is no JSON, or a field of it has a value that cannot be. */
    BAD_BODY(HttpStatus.BAD_REQUEST),
    /** A tile's z, x or y is no whole number, or there is no such square at that zoom. */
    BAD_TILE(HttpStatus.BAD_REQUEST),
    /** No whole number, or not to be had together with the rest. */
    BAD_MAP_VERSION(HttpStatus.BAD_REQUEST),
    /** Not four or six numbers, or outside the world. */
    BAD_BBOX(HttpStatus.BAD_REQUEST),
    /** {@code datetime} is no RFC 3339 time, and no interval of two of them. */
    BAD_DATETIME(HttpStatus.BAD_REQUEST),
    /** {@code f} names a format that is not served. */
    BAD_FORMAT(HttpStatus.BAD_REQUEST),
    /** A query parameter that this operation does not have, has once and was given twice, or with a value that it cannot have. */
    BAD_PARAMETER(HttpStatus.BAD_REQUEST),
    /** The query string cannot be read. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST),
    /** The body is larger than this endpoint takes. */
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The place lies in no grid of the map as of that moment, or a part of the geometry outside the city's border. */
    OUTSIDE_CITY(HttpStatus.NOT_FOUND),
    /** In the city, but not within the border of the administrator's own unit. */
    OUTSIDE_REACH(HttpStatus.FORBIDDEN),
    /** What was before the version in force is not changed any more. */
    BEFORE_VERSION_IN_FORCE(HttpStatus.CONFLICT),
    /** Somebody else changed the same feature at the same time. */
    CHANGED_MEANWHILE(HttpStatus.CONFLICT),
    /** The department answers or answered for areas of the map. */
    DEPARTMENT_IN_USE(HttpStatus.CONFLICT),
    /** No such unit as of that moment. */
    UNKNOWN_UNIT(HttpStatus.NOT_FOUND),
    /** No roster within the reader's reach has this account. */
    UNKNOWN_ACCOUNT(HttpStatus.NOT_FOUND),
    /** No department within the reader's reach has this code. */
    UNKNOWN_DEPARTMENT(HttpStatus.NOT_FOUND),
    /** The unit has no working calendar of its own from that day on. */
    UNKNOWN_CALENDAR(HttpStatus.NOT_FOUND),
    /** The layer or collection has no feature of this id as of that moment. */
    UNKNOWN_FEATURE(HttpStatus.NOT_FOUND),
    /** The item catalogue has no such incident type. */
    UNKNOWN_TYPE(HttpStatus.NOT_FOUND),
    /** Somebody else is changing the map. */
    MAP_BEING_CHANGED(HttpStatus.CONFLICT),
    /** The file cannot become a map: the document lists what is wrong, and nothing of it was taken. */
    IMPORT_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The map was empty as of that moment. */
    NO_MAP(HttpStatus.NOT_FOUND),
    /** No published version of the map has this number. */
    UNKNOWN_MAP_VERSION(HttpStatus.NOT_FOUND),
    /** There are no tiles of this name. */
    UNKNOWN_TILESET(HttpStatus.NOT_FOUND),
    /** No collection of features has this name. */
    UNKNOWN_COLLECTION(HttpStatus.NOT_FOUND),
    /** Nothing lives at this path. */
    UNKNOWN_PATH(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** Too much of this kind is being worked on: come again. */
    BUSY(HttpStatus.SERVICE_UNAVAILABLE),
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
