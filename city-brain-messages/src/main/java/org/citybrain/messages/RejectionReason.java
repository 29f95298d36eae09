package org.citybrain.messages;

/**
 * Why a report was refused or parked: the one name under which it is answered, stored, counted and shown.
 *
 * <p>Domain, section 3 (the admission gate): one distinct reason each.
 */
public enum RejectionReason {
    /** Not JSON, or a field has the wrong JSON type. */
    MALFORMED,
    /** A field that the contract does not know, most often a misspelt one. */
    UNKNOWN_FIELD,
    /** A required field is absent. */
    MISSING_VALUE,
    /** A field has a value that cannot be. */
    IMPOSSIBLE_VALUE,
    /** The gateway is not registered. */
    UNKNOWN_SOURCE,
    /** It names another source than the one that sent it, or a kind that the sender is not. */
    NOT_YOUR_SOURCE,
    /** The gateway is registered, but not for this incident type. */
    TYPE_NOT_REGISTERED,
    /** No such incident type in the item catalogue. */
    UNKNOWN_TYPE,
    /** No datum, an unknown one, or one that the source is not registered for. */
    BAD_DATUM,
    /** The place, converted to WGS-84, lies in no unit of the city. */
    OUTSIDE_CITY,
    /** The place lies outside the units that the gateway is registered for. */
    OUTSIDE_SOURCE_UNITS,
    /** The unit that an operator named in the place of coordinates is not there now, is too large, or is not theirs. */
    UNKNOWN_UNIT,
    /** Later than the clock plus the source's tolerance. */
    TIME_IN_FUTURE,
    /** Older than 7 days (policy default). */
    TOO_LATE,
    /** More than the source's registered rate. */
    OVER_RATE,
    /** Body, batch or report larger than allowed. */
    PAYLOAD_TOO_LARGE,
    /** A picture or a frame where features are expected. */
    IMAGE_INSTEAD_OF_FEATURES,
    /** Bytes on the topic that are not a report: parked. */
    UNDECODABLE,
    /** In the city, but in no grid of the governance map: parked. */
    NO_GRID,
    /** A rule failed or is missing: parked. */
    RULE_FAILED,
    /** The database would not take it: parked. */
    NOT_STORABLE
}
