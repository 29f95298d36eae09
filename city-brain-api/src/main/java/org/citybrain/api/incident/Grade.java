package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
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
 * @param inputs all that it was reached by; null for what was graded before they were kept
 * @param regraded who gave the level or scope that holds, where a person did; null where the rule did
 */
public record Grade(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        int policyVersion,
        int catalogueVersion,
        long mapVersion,
        boolean corroborated,
        boolean needsPerson,
        List<Axis> axes,
        @Nullable Inputs inputs,
        @Nullable Regraded regraded) {

    public Grade {
        axes = List.copyOf(axes);
    }

    /**
     * A person's word in place of the rule's.
     *
     * @param by {@code person:} and the account
     * @param ruledLevel what the axes give; null for everyday matters
     * @param ruledScope what the rule gives; null for all others
     */
    public record Regraded(
            String by,
            Instant at,
            String reason,
            @Nullable Level ruledLevel,
            @Nullable HandlingScope ruledScope) {}

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

    /**
     * What it was graded by: the sum of its reports as a set.
     *
     * @param peopleReported the largest number that any report gave
     * @param peopleEstimated people living under the footprint of those reports that gave no number
     * @param areaSquareKilometers of all footprints joined; null where the type's default was taken
     * @param deaths the largest figure, as the others below
     * @param keyPlaces how many key places lie in the footprint
     * @param nothingKnown one of the reports gave neither people, footprint, casualties nor loss
     * @param sources who reported it
     * @param communities how many communities are materially touched
     * @param streets how many streets are materially touched
     */
    @Schema(name = "GradeInputs")
    public record Inputs(
            Type type,
            @Nullable Long peopleReported,
            @Nullable Long peopleEstimated,
            @Nullable Double areaSquareKilometers,
            @Nullable Long deaths,
            @Nullable Long seriousInjuries,
            @Nullable Long lossYuan,
            int keyPlaces,
            boolean nothingKnown,
            List<Source> sources,
            int communities,
            int streets) {

        public Inputs {
            sources = List.copyOf(sources);
        }
    }

    /**
     * What the item catalogue said of the incident's type.
     *
     * @param people taken where none are reported or can be estimated
     * @param areaSquareKilometers taken where there is no footprint
     * @param level null for everyday matters
     * @param scope null for all others
     * @param keyPlaceRaises whether a key place in the footprint raises the level
     */
    @Schema(name = "GradeType")
    public record Type(
            String code,
            IncidentCategory category,
            long people,
            double areaSquareKilometers,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            boolean keyPlaceRaises) {}

    /** One of the sources that reported the incident. */
    @Schema(name = "GradeSource")
    public record Source(SourceKind kind, String id) {}
}
