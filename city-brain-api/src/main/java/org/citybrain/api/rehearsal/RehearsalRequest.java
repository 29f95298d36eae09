package org.citybrain.api.rehearsal;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are replayed, by when they were opened. {@code {}} is all of history.
 *
 * @param from at this time or later; from the first one on where absent
 * @param to before this time; now where absent
 */
public record RehearsalRequest(
        @Schema(types = "string", format = "date-time", example = "2026-01-01T00:00:00Z") @Nullable
        String from,

        @Schema(types = "string", format = "date-time", example = "2026-07-01T00:00:00Z") @Nullable
        String to) {}
