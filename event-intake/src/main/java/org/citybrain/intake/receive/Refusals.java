package org.citybrain.intake.receive;

import org.citybrain.messages.RejectionReason;
import org.springframework.http.HttpStatus;

/** The HTTP status of each reason, for the endpoints that answer one report. */
final class Refusals {

    private Refusals() {}

    static HttpStatus status(RejectionReason reason) {
        return switch (reason) {
            case MALFORMED, UNKNOWN_FIELD, MISSING_VALUE, IMPOSSIBLE_VALUE -> HttpStatus.BAD_REQUEST;
            case UNKNOWN_SOURCE, NOT_YOUR_SOURCE -> HttpStatus.FORBIDDEN;
            case PAYLOAD_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case OVER_RATE -> HttpStatus.TOO_MANY_REQUESTS;
            case TYPE_NOT_REGISTERED,
                    UNKNOWN_TYPE,
                    BAD_DATUM,
                    OUTSIDE_CITY,
                    OUTSIDE_SOURCE_UNITS,
                    UNKNOWN_UNIT,
                    TIME_IN_FUTURE,
                    TOO_LATE,
                    IMAGE_INSTEAD_OF_FEATURES -> HttpStatus.UNPROCESSABLE_CONTENT;
            case UNDECODABLE, NO_GRID, RULE_FAILED, NOT_STORABLE ->
                throw new IllegalArgumentException(reason + " parks a report; it is no refusal at the gate");
        };
    }
}
