package org.citybrain.dispatch.locate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citybrain.dispatch.locate.WorkingCalendar.Span;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * When units work, in memory and never changed. A unit without a calendar takes the nearest one above it that holds on the day; where there
 * is none at all, every hour is one of work.
 */
public final class WorkingCalendars {

    static final WorkingCalendars NONE = new WorkingCalendars(List.of());

    /** A calendar may be so empty that a deadline would never come; then the clock counts. */
    private static final int MOST_DAYS = 3 * 366;

    private final Map<String, TreeMap<LocalDate, WorkingCalendar>> byUnit = new HashMap<>();

    WorkingCalendars(Collection<WorkingCalendar> calendars) {
        calendars.forEach(calendar -> byUnit.computeIfAbsent(calendar.unitCode(), unit -> new TreeMap<>())
                .put(calendar.validFrom(), calendar));
    }

    int size() {
        return byUnit.size();
    }

    /** The moment at which so much time of work has passed for a unit. */
    public Instant after(String unitCode, Instant start, Duration work) {
        if (byUnit.isEmpty()) {
            return start.plus(work);
        }
        ZonedDateTime local = start.atZone(OnDuty.CITY_ZONE);
        ZonedDateTime midnight = local.toLocalDate().atStartOfDay(OnDuty.CITY_ZONE);
        Duration sinceMidnight = Duration.between(midnight, local);
        Duration left = work;
        for (int day = 0; day < MOST_DAYS; day++) {
            for (Span span : on(unitCode, midnight.toLocalDate())) {
                Duration from = later(Duration.ofSeconds(span.fromSecond()), sinceMidnight);
                Duration length = Duration.ofSeconds(span.toSecond()).minus(from);
                if (length.compareTo(left) >= 0) {
                    return midnight.plus(from).plus(left).toInstant();
                }
                left = length.isNegative() ? left : left.minus(length);
            }
            midnight = midnight.plusDays(1);
            sinceMidnight = Duration.ZERO;
        }
        return start.plus(work);
    }

    private List<Span> on(String unitCode, LocalDate day) {
        WorkingCalendar calendar = find(unitCode, day);
        return calendar == null ? List.of(Span.WHOLE_DAY) : calendar.on(day);
    }

    private @Nullable WorkingCalendar find(String unitCode, LocalDate day) {
        // From the top down, so the last one found is the nearest.
        WorkingCalendar nearest = null;
        for (UnitCode unit : new UnitCode(unitCode).chain()) {
            TreeMap<LocalDate, WorkingCalendar> own = byUnit.get(unit.digits());
            Map.Entry<LocalDate, WorkingCalendar> held = own == null ? null : own.floorEntry(day);
            nearest = held == null || !held.getValue().holdsOn(day) ? nearest : held.getValue();
        }
        return nearest;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
