package org.citybrain.dispatch.rehearse;

/** Why an incident could not be decided again. */
enum NotReplayable {
    /** Decided before inputs were kept. */
    NO_INPUTS,
    /** A policy version that it was decided with is no longer there. */
    POLICY_UNKNOWN,
    /** The item catalogue does not know its type. */
    TYPE_UNKNOWN,
    /** Its own policy gives another level now than what holds: it is not known what it was decided by. */
    DIFFERS,
    /** The candidate fails on it: it has no rule for it, or a broken one. */
    RULE_FAILED
}
