package org.citybrain.api.rehearsal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * A rehearsal that has begun, or is to end.
 *
 * @param statusUrl where to see how far it is and what it has found
 */
public record RehearsalBegun(
        UUID id,

        @Schema(example = "/v1/policies/grading/2/rehearsals/8f14e45f-ceea-467f-a5f8-2b1d8f3c9a10")
        String statusUrl) {}
