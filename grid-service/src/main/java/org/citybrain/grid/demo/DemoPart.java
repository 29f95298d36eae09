package org.citybrain.grid.demo;

import java.time.LocalTime;
import java.util.List;
import org.citybrain.grid.version.DraftUnit;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A part of an invented city: all of what is made and stored together.
 *
 * @param units of all tiers, in the order of their codes
 */
record DemoPart(
        String name,
        List<DraftUnit> units,
        List<KeyPlace> keyPlaces,
        List<Feature> features,
        List<Department> departments,
        List<Duty> staff) {

    DemoPart {
        units = List.copyOf(units);
        keyPlaces = List.copyOf(keyPlaces);
        features = List.copyOf(features);
        departments = List.copyOf(departments);
        staff = List.copyOf(staff);
    }

    record KeyPlace(String id, KeyPlaceKind kind, String name, Position position) {}

    enum KeyPlaceKind {
        SCHOOL,
        HOSPITAL,
        CHEMICAL_PLANT,
        METRO_HUB,
        RESERVOIR
    }

    /**
     * What else lies on the map.
     *
     * @param geometry in degrees, WGS-84
     * @param unit the grid that an online grid is bound to, or the unit that keeps the feature
     * @param department whose responsibility it is, for such an area
     * @param incidentTypes of that responsibility; empty elsewhere
     */
    record Feature(
            Layer layer,
            String id,
            String kind,
            String name,
            Geometry geometry,
            @Nullable UnitCode unit,
            @Nullable String department,
            List<String> incidentTypes) {

        Feature {
            incidentTypes = List.copyOf(incidentTypes);
        }
    }

    enum Layer {
        KEY_PLACE,
        DEVICE,
        RESPONSIBILITY_AREA,
        ONLINE_GRID,
        WATCH_AREA
    }

    record Department(String code, String name, UnitCode unit) {}

    /**
     * One account on the roster. A shift is local time, every day; one that ends at or before its start runs past midnight.
     */
    record Duty(String account, UnitCode unit, DutyKind kind, LocalTime shiftStarts, LocalTime shiftEnds) {}

    enum DutyKind {
        OPERATOR,
        GRID_WORKER
    }
}
