package org.citybrain.dispatch.store;

/** What became of a record, as the ledger counts it (domain, section 6). */
public enum Outcome {
    OPENED,
    MERGED,
    REJECTED,
    PARKED,
    /** Was parked, and a person gave it up. */
    DISCARDED,
    DUPLICATE
}
