package org.citybrain.dispatch.grade;

import java.util.List;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What an incident is graded by: the sum of its reports as a set, so that their order does not matter (domain, section 4).
 *
 * @param peopleReported the largest number that any report gave
 * @param peopleEstimated people living under the joined footprint of those reports that gave no number
 * @param areaSquareKilometers of all footprints joined
 * @param deaths the largest figure, as the others below
 * @param keyPlaces how many key places lie inside the joined footprint
 * @param nothingKnown one of the reports gave neither people, footprint, casualties nor loss
 * @param communities how many communities are materially touched; at least one
 * @param streets how many streets are materially touched; at least one
 */
public record GradeInputs(
        TypeDefaults type,
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

    public GradeInputs {
        sources = List.copyOf(sources);
    }

    /** The same, had the item catalogue said otherwise of the type. */
    public GradeInputs with(TypeDefaults otherType) {
        return new GradeInputs(
                otherType,
                peopleReported,
                peopleEstimated,
                areaSquareKilometers,
                deaths,
                seriousInjuries,
                lossYuan,
                keyPlaces,
                nothingKnown,
                sources,
                communities,
                streets);
    }

    /** The same, had others reported it. */
    public GradeInputs with(List<Source> otherSources) {
        return new GradeInputs(
                type,
                peopleReported,
                peopleEstimated,
                areaSquareKilometers,
                deaths,
                seriousInjuries,
                lossYuan,
                keyPlaces,
                nothingKnown,
                otherSources,
                communities,
                streets);
    }

    /**
     * What the item catalogue says of the incident's type.
     *
     * @param level for everyday matters absent
     * @param scope for all others absent
     */
    public record TypeDefaults(
            String code,
            IncidentCategory category,
            long people,
            double areaSquareKilometers,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            boolean keyPlaceRaises) {}

    /** One of the sources that reported the incident: a gateway, an account. */
    public record Source(SourceKind kind, String id) {}
}
