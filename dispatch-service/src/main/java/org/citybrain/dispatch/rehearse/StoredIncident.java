package org.citybrain.dispatch.rehearse;

import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.grade.GradeInputs.TypeDefaults;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * An incident as far as it matters for deciding it again.
 *
 * @param gradedByPerson its level was set by a person: no policy changes it
 * @param grids codes of the grids that it touches, lowest first
 * @param sources as {@code SENSOR:gw-17}
 * @param areaSquareKilometers absent where the type's default was taken
 * @param keyPlaces absent where it was decided before inputs were kept
 * @param peopleAffected what the grade was reached with
 */
record StoredIncident(
        UUID id,
        String type,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        boolean gradedByPerson,
        String commandingUnit,
        List<String> grids,
        List<String> sources,
        @Nullable Long peopleReported,
        @Nullable Long peopleEstimated,
        @Nullable Double areaSquareKilometers,
        @Nullable Long deaths,
        @Nullable Long seriousInjuries,
        @Nullable Long lossYuan,
        boolean nothingKnown,
        @Nullable Integer keyPlaces,
        long peopleAffected,
        int gradingVersion,
        int routingVersion,
        int catalogueVersion) {

    /** What it was graded by. Only where {@code keyPlaces} is there. */
    GradeInputs inputs(TypeDefaults defaults) {
        return new GradeInputs(
                defaults,
                peopleReported,
                peopleEstimated,
                areaSquareKilometers,
                deaths,
                seriousInjuries,
                lossYuan,
                keyPlaces == null ? 0 : keyPlaces,
                nothingKnown,
                sources.stream().map(StoredIncident::source).toList(),
                unitsAt(Tier.COMMUNITY),
                unitsAt(Tier.STREET));
    }

    /** The grids are in the order of their codes, so those of one unit stand together. */
    private int unitsAt(Tier tier) {
        int units = 0;
        String last = "";
        for (String grid : grids) {
            if (units == 0 || !grid.startsWith(last)) {
                last = grid.substring(0, tier.digits());
                units++;
            }
        }
        return units;
    }

    private static GradeInputs.Source source(String key) {
        int colon = key.indexOf(':');
        return new GradeInputs.Source(SourceKind.valueOf(key.substring(0, colon)), key.substring(colon + 1));
    }
}
