package org.citybrain.dispatch.picture;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.locate.Device;
import org.citybrain.dispatch.locate.FootprintMeasure;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.KeyPlace;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.dispatch.locate.Nearby;
import org.citybrain.dispatch.locate.OnDuty;
import org.citybrain.dispatch.locate.ResponsibleDepartment;
import org.citybrain.dispatch.locate.Surroundings;
import org.citybrain.dispatch.store.Picture;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known around an incident at its first dispatch (domain, section 6). A part that cannot be had is named in {@code missing},
 * and why in {@code missingBecause}; none of them holds dispatch up.
 */
public final class DescribePicture {

    static final String OPEN_INCIDENTS_NEAR = "openIncidentsNear";

    static final double NEAR_METERS = 500;
    static final int MOST_INCIDENTS = 10;

    private static final Logger log = LoggerFactory.getLogger(DescribePicture.class);
    private static final int MOST_KEY_PLACES = 10;
    private static final int MOST_DEVICES = 10;

    private final GovernanceMap map;
    private final Surroundings surroundings;
    private final OnDuty onDuty;
    private final Instant now;
    private final Map<String, Object> parts = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    private DescribePicture(GovernanceMap map, Surroundings surroundings, OnDuty onDuty, Instant now) {
        this.map = map;
        this.surroundings = surroundings;
        this.onDuty = onDuty;
        this.now = now;
    }

    /**
     * All but the open incidents near, which are looked up for a whole batch at once: until then they are named as missing.
     *
     * @param measure of the footprint, where there is one
     * @param departments that answer for it; absent where that is not known
     * @param wantsDepartments whether the routing table calls any
     */
    public static Picture describe(
            Incident incident,
            Grade grade,
            @Nullable FootprintMeasure measure,
            @Nullable List<ResponsibleDepartment> departments,
            boolean wantsDepartments,
            GovernanceMap map,
            Surroundings surroundings,
            OnDuty onDuty,
            Instant now) {
        DescribePicture describe = new DescribePicture(map, surroundings, onDuty, now);
        describe.part("chain", () -> describe.chain(incident));
        describe.part(
                "people",
                () -> new People(grade.peopleAffected(), grade.peopleBasis().name()));
        describe.part("locatedBy", () -> locatedBy(incident));
        describe.keyPlaces(incident.position(), measure);
        describe.devices(incident.position());
        describe.departments(incident.type(), departments, wantsDepartments);
        describe.miss(OPEN_INCIDENTS_NEAR, "they have not been looked for");
        return new Picture(describe.parts, describe.missing);
    }

    /** The same picture with the open incidents near, or with the reason why they could not be had. */
    static Picture withOpenIncidents(Picture picture, List<NearIncident> near, @Nullable String missingBecause) {
        return missingBecause != null
                ? picture.without(OPEN_INCIDENTS_NEAR, missingBecause)
                : picture.with(
                        OPEN_INCIDENTS_NEAR,
                        Map.of(
                                OPEN_INCIDENTS_NEAR,
                                near.stream().limit(MOST_INCIDENTS).toList(),
                                "moreOpenIncidentsNear",
                                near.size() > MOST_INCIDENTS));
    }

    private List<ChainUnit> chain(Incident incident) {
        List<ChainUnit> chain = new UnitCode(incident.gridCode())
                .chain().stream()
                        .map(unit -> new ChainUnit(
                                unit.digits(), map.name(unit.digits()), unit.tier(), onDuty.count(unit.digits())))
                        .toList();
        List<String> unknown = chain.stream()
                .filter(unit -> unit.staffOnDuty() == null)
                .map(ChainUnit::code)
                .toList();
        if (!unknown.isEmpty()) {
            miss("staffOnDuty", "no roster of " + String.join(", ", unknown) + " is known; that counts as on duty");
        }
        return chain;
    }

    /** Only where a unit was named in the place of coordinates: else the location itself says where it is. */
    private static @Nullable LocatedBy locatedBy(Incident incident) {
        UnitCode unit = incident.added().getFirst().report().location().unitCode();
        return unit == null ? null : new LocatedBy(unit, incident.position());
    }

    private void keyPlaces(Position position, @Nullable FootprintMeasure measure) {
        List<KeyPlace> within = measure == null ? List.of() : measure.keyPlaces();
        part("keyPlacesWithin", () -> within.stream().limit(MOST_KEY_PLACES).toList());
        parts.put("keyPlacesWithinCount", within.size());
        part(
                "keyPlacesNear",
                () -> map.keyPlacesNear(position, NEAR_METERS, Integer.MAX_VALUE).stream()
                        .map(place -> NearPlace.of(place, LocalMeters.distance(position, place.position())))
                        .sorted(Comparator.comparingLong(NearPlace::metersAway).thenComparing(NearPlace::id))
                        .limit(MOST_KEY_PLACES)
                        .toList());
    }

    private void devices(Position position) {
        String name = "devicesNear";
        part(name, () -> {
            Optional<List<Nearby<Device>>> near = surroundings.devicesNear(position, NEAR_METERS, now);
            if (near.isEmpty()) {
                miss(name, "the devices of the map have not been read");
                return null;
            }
            parts.put("devicesNearCount", near.get().size());
            return near.get().stream()
                    .limit(MOST_DEVICES)
                    .map(device -> NearPlace.of(device.what(), device.meters()))
                    .toList();
        });
    }

    private void departments(String type, @Nullable List<ResponsibleDepartment> departments, boolean wanted) {
        String name = "departments";
        if (departments == null) {
            miss(name, "the responsibility areas of the map have not been read");
        } else if (departments.isEmpty() && wanted) {
            miss(name, "no department answers for " + type + " here");
        } else {
            part(name, () -> departments.stream().map(CalledDepartment::of).toList());
        }
    }

    /** One part; where it fails, that is named, and the others go on. */
    private void part(String name, Supplier<@Nullable Object> value) {
        try {
            Object known = value.get();
            if (known != null) {
                parts.put(name, known);
            }
        } catch (RuntimeException failure) {
            log.warn("the picture lacks {}", name, failure);
            miss(name, "it failed: " + failure.getMessage());
        }
    }

    private void miss(String name, String why) {
        missing.put(name, why);
    }

    private record ChainUnit(
            String code, String name, Tier tier, @Nullable Integer staffOnDuty) {}

    /** @param position the unit's representative point, which stands for the incident's place */
    private record LocatedBy(UnitCode unitCode, Position position) {}

    private record People(long value, String basis) {}

    private record NearPlace(String id, String kind, String name, Position position, long metersAway) {

        static NearPlace of(KeyPlace place, double meters) {
            return new NearPlace(place.id(), place.kind(), place.name(), place.position(), Math.round(meters));
        }

        static NearPlace of(Device device, double meters) {
            return new NearPlace(device.id(), device.kind(), device.name(), device.position(), Math.round(meters));
        }
    }

    /** @param area the responsibility area by which it answers */
    private record CalledDepartment(String code, String name, String unit, String area) {

        static CalledDepartment of(ResponsibleDepartment department) {
            return new CalledDepartment(
                    department.department().code(),
                    department.department().name(),
                    department.unitCode(),
                    department.areaId());
        }
    }
}
