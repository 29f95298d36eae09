package org.citybrain.api.delegation;

/** What became of a delegation. */
public enum DelegationStatus {
    /** Waits for somebody of the street or above to decide. */
    REQUESTED,
    /** The grid has its task. */
    APPROVED,
    REFUSED
}
