package org.citybrain.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The code of a governance unit: 2, 6, 9, 12, 15 or 17 digits. Its length is its {@link Tier}, its prefix its ancestry.
 *
 * <p>The form {@code 500000} of a city (GB/T 2260) is accepted and kept as {@code 50}.
 */
public record UnitCode(String digits) implements Comparable<UnitCode> {

    /** @throws IllegalArgumentException with the offending value and what was expected */
    @JsonCreator
    public UnitCode {
        if (digits.length() == Tier.DISTRICT.digits() && digits.endsWith("0000")) {
            digits = digits.substring(0, Tier.CITY.digits());
        }
        if (tierOf(digits).isEmpty() || !isPlausible(digits)) {
            throw new IllegalArgumentException(
                    "'" + digits
                            + "' is not a unit code: expected 2, 6, 9, 12, 15 or 17 digits, each group after the city not all zeros");
        }
    }

    /** The unit code that these digits are, if they are one. */
    public static Optional<UnitCode> find(String digits) {
        try {
            return Optional.of(new UnitCode(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public Tier tier() {
        return tierOf(digits).orElseThrow();
    }

    public UnitKind kind() {
        return switch (tier()) {
            case CITY -> UnitKind.CITY;
            case DISTRICT -> UnitKind.DISTRICT;
            case STREET ->
                switch (digits.charAt(6)) {
                    case '0' -> UnitKind.STREET;
                    case '1' -> UnitKind.TOWN;
                    case '2', '3' -> UnitKind.TOWNSHIP;
                    default -> UnitKind.OTHER;
                };
            case COMMUNITY ->
                switch (digits.charAt(9)) {
                    case '0' -> UnitKind.RESIDENTS_COMMITTEE;
                    case '2' -> UnitKind.VILLAGERS_COMMITTEE;
                    default -> UnitKind.OTHER;
                };
            case GRID -> UnitKind.GRID;
            case MICRO_GRID -> UnitKind.MICRO_GRID;
        };
    }

    /** The one parent; none above the city. */
    public Optional<UnitCode> parent() {
        Tier tier = tier();
        UnitCode parent = null;
        for (Tier above : Tier.values()) {
            if (above.isAbove(tier)) {
                parent = at(above);
            }
        }
        return Optional.ofNullable(parent);
    }

    /** The ancestor at this tier, or the unit itself at its own tier. */
    public UnitCode at(Tier tier) {
        if (tier().isAbove(tier)) {
            throw new IllegalArgumentException(
                    "unit " + digits + " is a " + tier() + " and has no " + tier + " above it");
        }
        return new UnitCode(digits.substring(0, tier.digits()));
    }

    /** From the city down to this unit. */
    public List<UnitCode> chain() {
        List<UnitCode> chain = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            if (!tier().isAbove(tier)) {
                chain.add(at(tier));
            }
        }
        return List.copyOf(chain);
    }

    /** Whether this unit is the other one or stands anywhere below it. */
    public boolean isWithin(UnitCode other) {
        return digits.startsWith(other.digits);
    }

    @Override
    public int compareTo(UnitCode other) {
        return digits.compareTo(other.digits);
    }

    @JsonValue
    @Override
    public String toString() {
        return digits;
    }

    private static Optional<Tier> tierOf(String digits) {
        for (Tier tier : Tier.values()) {
            if (tier.digits() == digits.length()) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }

    private static boolean isPlausible(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        int start = 0;
        for (Tier tier : Tier.values()) {
            if (tier.digits() > digits.length()) {
                return true;
            }
            if (isZero(digits, start, tier.digits())) {
                return false;
            }
            start = tier.digits();
        }
        return true;
    }

    private static boolean isZero(String digits, int start, int end) {
        for (int i = start; i < end; i++) {
            if (digits.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
