package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Who is on duty at a moment, by the rosters, in the city's own time. */
public final class OnDuty {

    /** In which all of the city's days and hours are counted. */
    public static final ZoneId CITY_ZONE = ZoneId.of("Asia/Shanghai");

    private final GovernanceMap map;
    private final LocalTime time;

    public OnDuty(GovernanceMap map, Instant now) {
        this.map = map;
        this.time = now.atZone(CITY_ZONE).toLocalTime();
    }

    /** How many of the unit's own staff; absent where no roster is known, which counts as on duty (domain, section 5). */
    public @Nullable Integer count(String unitCode) {
        List<Shift> shifts = map.shifts(unitCode);
        return shifts.isEmpty()
                ? null
                : (int) shifts.stream().filter(shift -> shift.isOn(time)).count();
    }

    /** Those of these units, and of the units above them, whose roster says that nobody is on duty. */
    public Set<String> unattended(Collection<String> unitCodes) {
        Set<String> asked = new HashSet<>();
        Set<String> unattended = new TreeSet<>();
        for (String code : unitCodes) {
            for (UnitCode unit : new UnitCode(code).chain()) {
                if (asked.add(unit.digits()) && Integer.valueOf(0).equals(count(unit.digits()))) {
                    unattended.add(unit.digits());
                }
            }
        }
        return unattended;
    }
}
