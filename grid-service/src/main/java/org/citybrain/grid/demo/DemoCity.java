package org.citybrain.grid.demo;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * An invented city, whole.
 *
 * @param units of all five tiers, in the order of their codes
 */
record DemoCity(List<Unit> units, List<KeyPlace> keyPlaces, List<Duty> staff) {

    /** From when the demo city holds: the date that the division codes are of, in Chongqing. */
    static final Instant VALID_FROM = Instant.parse("2023-06-29T16:00:00Z");

    DemoCity {
        units = List.copyOf(units);
        keyPlaces = List.copyOf(keyPlaces);
        staff = List.copyOf(staff);
    }

    /**
     * @param population residents
     * @param boundary in degrees, WGS-84
     * @param representativePoint well inside
     */
    record Unit(UnitCode code, String name, long population, MultiPolygon boundary, Position representativePoint) {}

    record KeyPlace(String id, KeyPlaceKind kind, String name, Position position) {}

    enum KeyPlaceKind {
        SCHOOL,
        HOSPITAL,
        CHEMICAL_PLANT,
        METRO_HUB,
        RESERVOIR
    }

    /**
     * One account on the roster. A shift is local time, every day; one that ends at or before its start runs past midnight.
     */
    record Duty(String account, UnitCode unit, DutyKind kind, LocalTime shiftStarts, LocalTime shiftEnds) {}

    enum DutyKind {
        OPERATOR,
        GRID_WORKER
    }
}
