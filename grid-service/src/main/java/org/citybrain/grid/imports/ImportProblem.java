package org.citybrain.grid.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** One thing that is wrong, and where. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportProblem(
        ImportReason reason,

        @Schema(nullable = true, description = "The unit that it is about.", example = "500151103") @Nullable
        String code,

        @Schema(nullable = true, description = "A second unit, such as the other one of an overlap.") @Nullable
        String other,

        @Schema(description = "What was found, and what was expected.")
        String detail,

        @Schema(nullable = true, description = "To half a percent.", example = "48210993.5") @Nullable
        Double areaSquareMeters,

        @Schema(
                nullable = true,
                description = "The place in WGS-84, as WKT. One of many vertices is simplified.",
                example = "POLYGON ((106.1 29.1, 106.2 29.1, 106.2 29.2, 106.1 29.1))")
        @Nullable
        String wkt,

        @Schema(nullable = true, description = "Of the file's features, from 0.", example = "17") @Nullable
        Integer featureIndex) {

    static ImportProblem of(ImportReason reason, @Nullable String code, String detail) {
        return new ImportProblem(reason, code, null, detail, null, null, null);
    }

    ImportProblem and(@Nullable String otherCode) {
        return new ImportProblem(reason, code, otherCode, detail, areaSquareMeters, wkt, featureIndex);
    }

    /** @param place in degrees; its area is told where it has one */
    ImportProblem at(Geometry place) {
        Double area = place.getDimension() == 2 ? SquareMeters.rounded(place) : null;
        return new ImportProblem(reason, code, other, detail, area, ShortWkt.of(place), featureIndex);
    }

    ImportProblem inFeature(@Nullable ImportFeature feature) {
        return feature == null ? this : inFeature(feature.index());
    }

    ImportProblem inFeature(int index) {
        return new ImportProblem(reason, code, other, detail, areaSquareMeters, wkt, index);
    }
}
