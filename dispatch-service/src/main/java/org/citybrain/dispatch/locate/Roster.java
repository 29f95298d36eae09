package org.citybrain.dispatch.locate;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The shifts of all units, packed: a city has 120,000, and most units are never asked for. */
final class Roster {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Units as numbers, ascending, once for each shift. */
    private final long[] units;
    /** Milliseconds of the day. */
    private final int[] starts;

    private final int[] ends;

    Roster(List<Shift> shifts) {
        List<Shift> sorted = new ArrayList<>(shifts);
        sorted.sort(Comparator.comparingLong(shift -> UnitNames.number(shift.unitCode())));
        units = sorted.stream().mapToLong(s -> UnitNames.number(s.unitCode())).toArray();
        starts = sorted.stream().mapToInt(s -> millis(s.starts())).toArray();
        ends = sorted.stream().mapToInt(s -> millis(s.ends())).toArray();
    }

    /** The daily spans of duty of the unit's own staff. */
    List<Shift> list(String unitCode) {
        long unit = UnitNames.number(unitCode);
        int i = Arrays.binarySearch(units, unit);
        if (i < 0) {
            return List.of();
        }
        while (i > 0 && units[i - 1] == unit) {
            i--;
        }
        List<Shift> shifts = new ArrayList<>();
        for (; i < units.length && units[i] == unit; i++) {
            shifts.add(new Shift(unitCode, time(starts[i]), time(ends[i])));
        }
        return shifts;
    }

    long bytes() {
        return 16L * units.length;
    }

    private static int millis(LocalTime time) {
        return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
    }

    private static LocalTime time(int millis) {
        return LocalTime.ofNanoOfDay(millis * NANOS_PER_MILLI);
    }
}
