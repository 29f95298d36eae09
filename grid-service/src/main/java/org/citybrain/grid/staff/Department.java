package org.citybrain.grid.staff;

import io.swagger.v3.oas.annotations.media.Schema;
import org.citybrain.messages.UnitCode;

/**
 * A department.
 *
 * @param unit it serves this unit and all below it
 */
record Department(
        @Schema(example = "fire-brigade-yuzhong") String code,
        @Schema(example = "渝中区消防救援支队") String name,
        @Schema(type = "string", example = "500103") UnitCode unit) {}
