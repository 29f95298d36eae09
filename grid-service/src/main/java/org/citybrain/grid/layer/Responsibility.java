package org.citybrain.grid.layer;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** A department that answers for a place, and the area by which it does. */
@Schema(name = "Responsibility")
record Responsibility(
        @Schema(example = "fire-brigade-yuzhong") String department,
        @Schema(example = "渝中区消防救援支队") String name,

        @Schema(type = "string", description = "The department serves this unit and all below it.", example = "500103")
        UnitCode unit,

        @Schema(description = "The smallest of the department's areas there.")
        Area area) {

    @Schema(name = "AreaOfResponsibility")
    record Area(
            @Schema(example = "fire-yuzhong-1") String id,
            @Schema(example = "FIRE") String kind,
            @Schema(example = "解放碑消防救援站辖区") String name,

            @Schema(description = "On the ellipsoid.", example = "2.41")
            double areaSquareKilometers,

            @Schema(nullable = true, description = "Null: every type.") @Nullable
            List<String> incidentTypes) {

        Area {
            incidentTypes = incidentTypes == null ? null : List.copyOf(incidentTypes);
        }
    }
}
