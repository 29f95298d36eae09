package org.citybrain.dispatch.locate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hours that a unit works, from a day on.
 *
 * @param validTo the first day on which the unit has none of its own any more; absent where no such day is known
 * @param hours by weekday; a weekday that is not named is free
 * @param days that are other than their weekday; without a span: a holiday
 */
record WorkingCalendar(
        String unitCode,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        Map<DayOfWeek, List<Span>> hours,
        Map<LocalDate, List<Span>> days) {

    WorkingCalendar {
        hours = Map.copyOf(hours);
        days = Map.copyOf(days);
    }

    /** Whether it holds on a day on which no later one of the unit has begun. */
    boolean holdsOn(LocalDate day) {
        return validTo == null || day.isBefore(validTo);
    }

    /** The spans of work of a day, the earliest first. */
    List<Span> on(LocalDate day) {
        List<Span> other = days.get(day);
        return other == null ? hours.getOrDefault(day.getDayOfWeek(), List.of()) : other;
    }

    /**
     * A span of work.
     *
     * @param fromSecond of the day
     * @param toSecond of the day; 86,400 for midnight at its end
     */
    record Span(int fromSecond, int toSecond) {

        static final Span WHOLE_DAY = new Span(0, 86_400);
    }
}
