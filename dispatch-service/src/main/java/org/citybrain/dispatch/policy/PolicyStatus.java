package org.citybrain.dispatch.policy;

/** Where a version of a policy stands on its way. */
public enum PolicyStatus {
    /** Written, valid, and not yet rehearsed as it is now. */
    DRAFT,
    /** A rehearsal of exactly this document has finished. */
    REHEARSED,
    /** A second person has approved it; its moment has not come. */
    APPROVED,
    /** In force. */
    EFFECTIVE,
    /** Another version has taken its place. Incidents that were opened with it keep it. */
    SUPERSEDED,
    /** Given up before it came into force. */
    WITHDRAWN
}
