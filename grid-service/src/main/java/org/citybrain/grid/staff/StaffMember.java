package org.citybrain.grid.staff;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalTime;
import org.citybrain.messages.UnitCode;

/**
 * An account's place on a roster.
 *
 * @param shiftStarts in the city's own time, every day
 * @param shiftEnds where it lies before the start, the shift runs over midnight
 */
record StaffMember(
        @Schema(example = "worker-500103001001001-1") String account,

        @Schema(type = "string", example = "500103001001001")
        UnitCode unit,

        Duty duty,
        @Schema(type = "string", example = "08:00:00") LocalTime shiftStarts,
        @Schema(type = "string", example = "20:00:00") LocalTime shiftEnds) {

    enum Duty {
        OPERATOR,
        GRID_WORKER
    }
}
