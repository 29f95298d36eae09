package org.citybrain.grid.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an import has done, would do, or why it was refused. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportReport(
        @Schema(description = "Whether the file can be taken. If not, nothing of it is.")
        boolean accepted,

        @Schema(description = "Nothing was written: only asked what would be.")
        boolean dryRun,

        @Schema(
                nullable = true,
                description = "The version that was made; absent for a dry run, and where the file says nothing new.",
                example = "2")
        @Nullable
        Long mapVersion,

        @Schema(example = "2025-11-05T16:00:00Z") Instant effectiveFrom,

        @Schema(nullable = true, description = "Of the file as it was sent.", example = "9f86d081884c7d65…") @Nullable
        String sha256,

        Units units,

        @Schema(description = "Geometries that were no areas and were made such (`repair=true`); at most 200 are told.")
        List<Repair> repaired,

        @Schema(example = "0") int repairedCount,

        @Schema(description = "What is wrong; at most 200 are told.")
        List<ImportProblem> problems,

        @Schema(example = "0") int problemCount) {

    /** @param changed drawn, named or counted differently */
    @Schema(name = "ImportedUnits")
    record Units(
            @Schema(example = "1") int created,

            @Schema(description = "Under their own code: another border, name or population.", example = "12")
            int changed,

            @Schema(description = "Carried on under another code.", example = "412")
            int moved,

            @Schema(description = "Not on the map any more, under any code.", example = "2")
            int ended) {

        static final Units NONE = new Units(0, 0, 0, 0);
    }

    /** @param areaSquareMeters after the repair, to half a percent */
    @Schema(name = "RepairedGeometry")
    record Repair(
            @Schema(example = "500151103001002") String code,
            @Schema(example = "17") int featureIndex,

            @Schema(example = "Self-intersection at 106.5612300 29.5500000")
            String detail,

            double areaSquareMeters) {}
}
