package org.citybrain.messages;

/**
 * The five tiers of the one chain that the city is governed down, and the micro-grid, an optional child of a grid.
 *
 * <p>The length of a unit's code tells its tier: GB/T 2260 (city, district), GB/T 10114 (street), the NBS statistical
 * division code (community), GB/T 30428.1 (grid); micro-grids have no national rule (policy default). Command centres
 * exist at city, district and street; communities and grids execute.
 */
public enum Tier {
    CITY(2),
    DISTRICT(6),
    STREET(9),
    COMMUNITY(12),
    GRID(15),
    MICRO_GRID(17);

    private final int digits;

    Tier(int digits) {
        this.digits = digits;
    }

    /** How many digits a code of this tier has. */
    public int digits() {
        return digits;
    }

    /** Whether this tier stands above the other in the chain: the city is above all. */
    public boolean isAbove(Tier other) {
        return digits < other.digits;
    }
}
