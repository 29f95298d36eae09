package org.citybrain.messages;

/** Where an everyday matter is handled: R1 in the grid, R2 in the community, R3 in the street. Widest last. */
public enum HandlingScope {
    R1,
    R2,
    R3;

    public boolean isWiderThan(HandlingScope other) {
        return compareTo(other) > 0;
    }

    public static HandlingScope wider(HandlingScope one, HandlingScope other) {
        return one.isWiderThan(other) ? one : other;
    }

    /** One scope wider; the widest stays. */
    public HandlingScope widened() {
        return this == R1 ? R2 : R3;
    }
}
