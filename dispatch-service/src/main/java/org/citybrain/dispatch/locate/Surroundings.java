package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * What lies on the map beside the units and key places, in memory and never changed. It is as of today, not of a map's version: each
 * thing has its own time. A part that could not be read is not there, and dispatch goes on without it.
 */
public final class Surroundings {

    static final Surroundings NONE = new Surroundings(null, null, WorkingCalendars.NONE);

    private final @Nullable Devices devices;
    private final @Nullable ResponsibilityAreas areas;
    private final WorkingCalendars calendars;

    Surroundings(@Nullable Devices devices, @Nullable ResponsibilityAreas areas, WorkingCalendars calendars) {
        this.devices = devices;
        this.areas = areas;
        this.calendars = calendars;
    }

    Surroundings with(Devices others) {
        return new Surroundings(others, areas, calendars);
    }

    Surroundings with(ResponsibilityAreas others) {
        return new Surroundings(devices, others, calendars);
    }

    Surroundings with(WorkingCalendars others) {
        return new Surroundings(devices, areas, others);
    }

    /** When units work. Where calendars have not been read, every hour counts. */
    public WorkingCalendars calendars() {
        return calendars;
    }

    int deviceCount() {
        return devices == null ? 0 : devices.size();
    }

    /** Whether responsibility areas have been read. */
    public boolean knowsAreas() {
        return areas != null;
    }

    int areaCount() {
        return areas == null ? 0 : areas.size();
    }

    /** The devices within a distance, the nearest first. Empty where devices have not been read. */
    public Optional<List<Nearby<Device>>> devicesNear(Position position, double meters, Instant moment) {
        return Optional.ofNullable(devices).map(known -> known.near(position, meters, moment));
    }

    /**
     * The departments that answer for a type at one of these places or in more than a sliver of one of these footprints, by their
     * codes. Empty where responsibility areas have not been read.
     *
     * @param tiers of the units that they serve
     */
    public Optional<List<ResponsibleDepartment>> findDepartments(
            String type,
            Set<Tier> tiers,
            Collection<Position> places,
            Collection<Geometry> footprints,
            double sliverShare,
            Instant moment) {
        return Optional.ofNullable(areas)
                .map(known -> known.find(type, tiers, places, footprints, sliverShare, moment));
    }
}
