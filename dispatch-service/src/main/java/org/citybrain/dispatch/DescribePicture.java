package org.citybrain.dispatch;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.locate.FootprintMeasure;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.KeyPlace;
import org.citybrain.dispatch.locate.Shift;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is known around an incident at its first dispatch (domain, section 6); what is not known yet is named. */
final class DescribePicture {

    private static final ZoneId CITY_ZONE = ZoneId.of("Asia/Shanghai");
    private static final double NEAR_METERS = 500;
    private static final int MOST_KEY_PLACES = 10;
    private static final List<String> NOT_YET_KNOWN = List.of("sensorsNear", "openIncidentsNear");

    private DescribePicture() {}

    /** @param measure of the footprint, where there is one */
    static JsonNode describe(
            Incident incident, Grade grade, @Nullable FootprintMeasure measure, GovernanceMap map, Instant now) {
        LocalTime time = now.atZone(CITY_ZONE).toLocalTime();
        List<ChainUnit> chain = new UnitCode(incident.gridCode())
                .chain().stream()
                        .map(unit -> new ChainUnit(
                                unit.digits(), map.name(unit.digits()), unit.tier(), onDuty(map, unit.digits(), time)))
                        .toList();
        return MessageJson.MAPPER.valueToTree(new Picture(
                chain,
                new People(grade.peopleAffected(), grade.peopleBasis().name()),
                measure == null
                        ? List.of()
                        : measure.keyPlaces().stream().limit(MOST_KEY_PLACES).toList(),
                measure == null ? 0 : measure.keyPlaces().size(),
                map.keyPlacesNear(incident.position(), NEAR_METERS, MOST_KEY_PLACES),
                NOT_YET_KNOWN));
    }

    /** Absent where no roster is known, which counts as on duty (domain, section 5). */
    private static @Nullable Integer onDuty(GovernanceMap map, String unitCode, LocalTime time) {
        List<Shift> shifts = map.shifts(unitCode);
        return shifts.isEmpty()
                ? null
                : (int) shifts.stream().filter(s -> s.isOn(time)).count();
    }

    /** @param keyPlacesWithin the first ten inside the footprint, of so many as {@code keyPlacesWithinCount} */
    private record Picture(
            List<ChainUnit> chain,
            People people,
            List<KeyPlace> keyPlacesWithin,
            int keyPlacesWithinCount,
            List<KeyPlace> keyPlacesNear,
            List<String> missing) {}

    private record ChainUnit(
            String code, String name, Tier tier, @Nullable Integer staffOnDuty) {}

    private record People(long value, String basis) {}
}
