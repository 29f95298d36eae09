package org.citybrain.grid.layer;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** A feature of a layer as it was, is or will be during a time. */
@Schema(name = "LayerFeature")
record LayerFeature(
        @Schema(example = "school-17") String id,

        @Schema(example = "SCHOOL") String kind,

        @Schema(example = "七星岗第一小学") String name,

        @Schema(
                implementation = Map.class,
                description = "GeoJSON in WGS-84, to the centimetre: a Point of key places and devices, a Polygon or"
                        + " MultiPolygon of the others.")
        @JsonRawValue
        String geometry,

        @Schema(
                type = "string",
                nullable = true,
                description = "The grid that an online grid is bound to; elsewhere the unit that keeps the feature.",
                example = "500103001003001")
        @Nullable
        UnitCode unit,

        @Schema(
                nullable = true,
                description = "Of a responsibility area: who answers for it.",
                example = "fire-brigade-yuzhong")
        @Nullable
        String department,

        @Schema(
                nullable = true,
                description =
                        "Of a responsibility area: the incident types that the department answers for; null: all.")
        @Nullable
        List<String> incidentTypes,

        @Schema(
                description = "SYNTHETIC: invented; IMPORTED: from a file; REGISTERED: by an administrator.",
                example = "REGISTERED")
        String provenance,

        @Schema(example = "2026-07-01T00:00:00Z") Instant validFrom,

        @Schema(nullable = true, description = "Null while no end is known.") @Nullable
        Instant validTo) {

    LayerFeature {
        incidentTypes = incidentTypes == null ? null : List.copyOf(incidentTypes);
    }
}
