package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * The grade of an incident with all its reasons, as dispatch-service stored it: replaying it gives the same grade.
 *
 * @param level null for everyday matters
 * @param scope null for all others
 * @param policyVersion of the grading policy
 * @param catalogueVersion of the item catalogue
 * @param mapVersion of the governance map
 * @param corroborated false while one unverified source alone speaks for it
 * @param needsPerson nothing was known: the type's default level, for a person to confirm
 */
public record Grade(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        int policyVersion,
        int catalogueVersion,
        long mapVersion,
        boolean corroborated,
        boolean needsPerson,
        List<Axis> axes) {

    public Grade {
        axes = List.copyOf(axes);
    }

    /**
     * One axis that had a value.
     *
     * @param axis what was looked at, such as {@code PEOPLE}, {@code AREA}, {@code DEATHS}, {@code KEY_PLACE}
     * @param value in this unit
     * @param threshold the bound that was reached; null where the value is below all of them
     * @param level what this axis alone gives; null for everyday matters
     * @param scope what this axis alone gives; null for all others
     * @param source where the threshold comes from
     */
    @Schema(name = "GradeAxis")
    public record Axis(
            @Schema(example = "PEOPLE") String axis,
            Number value,
            @Schema(example = "people at risk") String unit,
            Basis basis,
            @Nullable Number threshold,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            @Schema(example = "geo-hazard plan") String source) {}
}
