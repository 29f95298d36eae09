package org.citybrain.messages;

/** Who reports. */
public enum SourceKind {
    /** A device behind a registered gateway. */
    SENSOR,
    GRID_WORKER,
    /** A phone call, typed in by an operator. */
    OPERATOR,
    CITIZEN,
    SYSTEM;

    /** Whether its word alone may open a level I or II incident (domain, section 4; policy default). */
    public boolean isVerified() {
        return this == GRID_WORKER || this == OPERATOR;
    }

    /** Whether such a source must be registered before it may report. */
    public boolean isRegistered() {
        return this == SENSOR || this == SYSTEM;
    }
}
