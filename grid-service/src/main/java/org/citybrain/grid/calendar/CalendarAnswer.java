package org.citybrain.grid.calendar;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * The calendar that holds for a unit.
 *
 * @param calendarOf whose calendar it is: the unit's own, or the nearest above it that has one; absent where there is none
 * @param always whether every hour counts, because there is none
 */
record CalendarAnswer(
        @Schema(type = "string", example = "500103001") UnitCode unit,

        @Schema(type = "string", example = "500103") @Nullable
        UnitCode calendarOf,

        boolean always,
        @Nullable LocalDate validFrom,
        @Nullable Map<DayOfWeek, List<WorkingSpan>> hours,
        @Nullable Map<LocalDate, List<WorkingSpan>> days) {

    static CalendarAnswer always(UnitCode unit) {
        return new CalendarAnswer(unit, null, true, null, null, null);
    }

    static CalendarAnswer of(UnitCode unit, WorkingCalendar calendar) {
        return new CalendarAnswer(
                unit, calendar.unit(), false, calendar.validFrom(), calendar.hours(), calendar.days());
    }
}
