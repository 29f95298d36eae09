package org.citybrain.messages;

/** What a governance unit is by law, read from the digits of its code, never from its name. */
public enum UnitKind {
    CITY,
    DISTRICT,
    /** Third group 001–099 (GB/T 10114). */
    STREET,
    /** Third group 100–199. */
    TOWN,
    /** Third group 200–399. */
    TOWNSHIP,
    /** Fourth group 0xx: a residents' committee (NBS). */
    RESIDENTS_COMMITTEE,
    /** Fourth group 2xx: a villagers' committee (NBS). */
    VILLAGERS_COMMITTEE,
    /** Any other digits, kept as they are: one real code is 500117112333. */
    OTHER,
    GRID,
    MICRO_GRID
}
