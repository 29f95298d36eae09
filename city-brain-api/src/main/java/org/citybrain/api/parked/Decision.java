package org.citybrain.api.parked;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a person gives with a decision.
 *
 * @param reason why; it is kept with the parked report
 */
public record Decision(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                minLength = 1,
                maxLength = 1000,
                example = "the grid was added to the map")
        @Nullable
        String reason) {}
