package org.citybrain.messages;

/** The four categories of the Emergency Response Law (2024), and ordinary urban matters. */
public enum IncidentCategory {
    NATURAL_DISASTER,
    ACCIDENT,
    PUBLIC_HEALTH,
    SOCIAL_SAFETY,
    /** Lamp out, litter, blocked path: no level, but a {@link HandlingScope}. */
    EVERYDAY
}
