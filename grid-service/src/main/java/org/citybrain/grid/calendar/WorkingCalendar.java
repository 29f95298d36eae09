package org.citybrain.grid.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.UnitCode;

/**
 * The hours that a unit works, from a day on until its next calendar begins.
 *
 * @param hours by weekday; a weekday that is not named is free
 * @param days that are other than their weekday; without a span: a holiday
 */
record WorkingCalendar(
        UnitCode unit,
        LocalDate validFrom,
        Map<DayOfWeek, List<WorkingSpan>> hours,
        Map<LocalDate, List<WorkingSpan>> days) {}
