package org.citybrain.messages;

/** What a line of an incident's timeline tells. */
public enum IncidentEventKind {
    OPENED,
    /** A further report became part of it. */
    MERGED,
    GRADED,
    DISPATCHED,
    /** A person confirmed that it is so. */
    CONFIRMED,
    /** A person gave it another level or scope than the rule. */
    REGRADED,
    /** A person found that there is nothing: it is closed. */
    MARKED_FALSE,
    /** It became part of another incident and is closed. */
    MERGED_INTO,
    /** Another incident became part of it. */
    TOOK_IN,
    /** Some of its reports became an incident of their own. */
    SPLIT,
    /** Tasks were taken back. */
    RETURNED,
    /** Nobody is on duty in a unit, so the next one above has its task as well. */
    ESCALATED,
    /** Chased (督办): there is nobody above to escalate to. */
    SUPERVISED,
    /** Somebody asks that a grid be given what is off the list. */
    DELEGATION_REQUESTED,
    DELEGATION_APPROVED,
    DELEGATION_REFUSED
}
