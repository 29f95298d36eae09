package org.citybrain.grid.unit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.citybrain.messages.UnitKind;
import org.jspecify.annotations.Nullable;

/** A governance unit as it was at a moment. */
@Schema(name = "Unit")
record Unit(
        @Schema(
                type = "string",
                description = "2, 6, 9, 12, 15 or 17 digits; its length is the tier, its prefix the ancestry.",
                example = "500103001003001")
        UnitCode code,

        @Schema(example = "华一坡社区第一网格") String name,
        Tier tier,

        @Schema(description = "Read from the digits of the code, never from the name.")
        UnitKind kind,

        @Schema(type = "string", nullable = true, description = "None above the city.", example = "500103001003")
        @Nullable
        UnitCode parentCode,

        @Schema(description = "Residents, a count. A parent's is the sum of its children's.", example = "1483")
        long population,

        @Schema(description = "On the ellipsoid.", example = "0.0574")
        double areaSquareKilometers,

        @Schema(description = "Well inside the unit; WGS-84.")
        Position representativePoint,

        @Schema(description = "SYNTHETIC: invented; IMPORTED: from a boundary file.", example = "SYNTHETIC")
        String provenance,

        @Schema(example = "2023-06-29T16:00:00Z") Instant validFrom,

        @Schema(nullable = true, description = "Absent while it holds.") @Nullable
        Instant validTo) {}
