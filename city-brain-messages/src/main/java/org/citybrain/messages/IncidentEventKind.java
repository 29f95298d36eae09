package org.citybrain.messages;

/** What a line of an incident's timeline tells. */
public enum IncidentEventKind {
    OPENED,
    MERGED,
    GRADED,
    DISPATCHED
}
