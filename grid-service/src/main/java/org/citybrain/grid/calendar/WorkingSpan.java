package org.citybrain.grid.calendar;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A span of work of a day, in the city's own time.
 *
 * @param to {@code 24:00} is the end of the day
 */
record WorkingSpan(
        @Schema(example = "09:00") String from,
        @Schema(example = "18:00") String to) {}
