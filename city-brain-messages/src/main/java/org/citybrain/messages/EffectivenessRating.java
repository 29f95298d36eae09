package org.citybrain.messages;

/** What whoever whistled says of a department's service. */
public enum EffectivenessRating {
    EFFECTIVE,
    INEFFECTIVE
}
