package org.citybrain.grid.version;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** How one unit differs between two versions of the map. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MapChange(
        @Schema(description = "The weightiest of what has changed, in the order of the values.")
        Kind change,

        @Schema(
                type = "string",
                description = "As it is in the later version; for one that ended, as it was.",
                example = "500158103")
        UnitCode code,

        @Schema(
                type = "string",
                nullable = true,
                description = "Where it was another in the earlier version.",
                example = "500151103")
        @Nullable
        UnitCode formerCode,

        @Schema(example = "中和镇") String name,

        @Schema(nullable = true, description = "Where it was another in the earlier version.") @Nullable
        String formerName,

        Tier tier,

        @Schema(description = "On the ellipsoid.") BeforeAndAfter<Double> areaSquareKilometers,

        @Schema(description = "Residents.") BeforeAndAfter<Long> population) {

    enum Kind {
        CREATED,
        ENDED,
        /** Another code, the same unit. */
        MOVED,
        REDRAWN,
        RENAMED,
        /** Only its number of residents. */
        POPULATION
    }

    /** Null where there was, or is, no such unit. */
    record BeforeAndAfter<T>(@Nullable T before, @Nullable T after) {}
}
