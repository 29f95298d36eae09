package org.citybrain.messages;

/** Where a value that was graded comes from. */
public enum Basis {
    REPORTED,
    /** Footprint × population of the grids under it. */
    ESTIMATED,
    /** The incident type's default. */
    DEFAULT
}
