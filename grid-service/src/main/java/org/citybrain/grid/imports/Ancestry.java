package org.citybrain.grid.imports;

import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/** What stands above a code, as plain digits: an import asks this a million times, of codes that are known to be good. */
final class Ancestry {

    private Ancestry() {}

    /** Null above the city. */
    static @Nullable String parent(String code) {
        Tier above = null;
        for (Tier tier : Tier.values()) {
            if (tier.digits() < code.length()) {
                above = tier;
            }
        }
        return above == null ? null : code.substring(0, above.digits());
    }

    static Tier tier(String code) {
        for (Tier tier : Tier.values()) {
            if (tier.digits() == code.length()) {
                return tier;
            }
        }
        throw new IllegalArgumentException("'" + code + "' has the length of no tier");
    }

    /** Null for the city. */
    static @Nullable String district(String code) {
        return code.length() < Tier.DISTRICT.digits() ? null : code.substring(0, Tier.DISTRICT.digits());
    }
}
