package org.citybrain.api.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * An incident in a list.
 *
 * @param number readable, by day: {@code 20261123-000017}
 * @param version moves with status, grade and commander, not with each merged report
 * @param location in WGS-84
 * @param areaSquareKilometers of all footprints joined, on the ellipsoid
 * @param chain the five units from the city down to the grid of its location
 */
public record IncidentSummary(
        UUID id,
        String number,
        String type,
        TypeNames typeNames,
        IncidentCategory category,
        String board,
        IncidentStatus status,
        int version,
        Instant openedAt,
        @Nullable Instant closedAt,
        Position location,
        double areaSquareKilometers,
        PeopleAffected peopleAffected,
        GradeSummary grade,
        GovernanceUnit commandingUnit,
        List<GovernanceUnit> chain,
        int reportCount) {

    /**
     * A grade without its axes.
     *
     * @param level absent for everyday matters
     * @param scope absent for all others
     * @param needsPerson nothing was known: the type's default level, for a person to confirm
     */
    public record GradeSummary(
            @Nullable Level level,
            @Nullable HandlingScope scope,
            int policyVersion,
            int catalogueVersion,
            long mapVersion,
            boolean corroborated,
            boolean needsPerson) {}
}
