package org.citybrain.dispatch.grade;

/** What a grade is decided by. */
public enum Axis {
    PEOPLE,
    AREA,
    DEATHS,
    SERIOUS_INJURIES,
    LOSS,
    /** Nothing is known of a report but its type. */
    DEFAULT_LEVEL,
    /** A school, hospital, chemical plant, metro hub or reservoir inside the footprint. */
    KEY_PLACE,
    /** One unverified source alone does not open a level I or II incident. */
    CORROBORATION,
    /** The handling scope of an everyday matter. */
    SCOPE
}
