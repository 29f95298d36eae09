package org.citybrain.local.simulate.month;

/** What is to become of an incident in the end. */
enum Fate {
    CLOSED_BY_RULE,
    CLOSED_BY_HAND,
    REOPENED,
    FALSE_ALARM,
    /** Nobody ever resolves it, on purpose: it has to be chased to the end. */
    LEFT_OPEN
}
