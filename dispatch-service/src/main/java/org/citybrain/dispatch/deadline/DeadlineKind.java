package org.citybrain.dispatch.deadline;

/** What is to be done by a deadline. */
enum DeadlineKind {
    /** A unit says that it has taken its task on. */
    ACKNOWLEDGE,
    /** The incident is contained, or an everyday matter settled. */
    RESOLVE,
    /** The commanding unit reports on the situation. */
    SITUATION_REPORT,
    /** Somebody looks whether what was resolved is over. */
    VERIFY,
    /** A verified incident that nobody has closed is closed by rule. */
    CLOSE
}
