package org.citybrain.grid.version;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** One version of the governance map. Decisions name the version that they were made with. */
public record MapVersion(
        @Schema(description = "Grows with every change of the map.", example = "1")
        long mapVersion,

        @Schema(description = "From when it holds.", example = "2023-06-29T16:00:00Z")
        Instant effectiveFrom,

        Instant createdAt,

        @Schema(description = "SYNTHETIC: invented; IMPORTED: from a boundary file.", example = "SYNTHETIC")
        String provenance,

        @Schema(example = "demo city of 1301 units") String note) {}
