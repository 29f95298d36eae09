package org.citybrain.api.policy;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the second person gives.
 *
 * @param effectiveFrom absent: as soon as every instance of dispatch-service knows of it, 15 seconds
 * @param reason why it is approved; kept with it
 */
public record Approval(
        @Schema(description = "From when it is in force; absent: in 15 seconds", example = "2026-12-01T00:00:00Z")
        @Nullable
        Instant effectiveFrom,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                minLength = 1,
                maxLength = 1000,
                example = "the rehearsal changes 14 incidents, all of them rightly")
        @Nullable
        String reason) {}
