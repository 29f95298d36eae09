/**
 * When units work: the hours in which deadlines run that are counted in working time. Kept by administrators; the calendars' next stop is
 * dispatch-service, which reads {@code grid.working_calendar_view} anew when {@code grid.calendar_change} has moved.
 */
@NullMarked
package org.citybrain.grid.calendar;

import org.jspecify.annotations.NullMarked;
