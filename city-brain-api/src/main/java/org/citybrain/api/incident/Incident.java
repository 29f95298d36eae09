package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.Basis;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An incident with the reasons of its grade, its tasks and what was known around it.
 *
 * @param number readable, by day: {@code 20261123-000017}
 * @param version moves with status, grade and commander, not with each merged report; also the {@code ETag}
 * @param location in WGS-84
 * @param footprint all footprints of its reports joined, GeoJSON in WGS-84; null where none was given
 * @param areaSquareKilometers of the footprint, on the ellipsoid
 * @param grade the grade record as dispatch-service stored it
 * @param chain the five units from the city down to the grid of its location
 * @param picture the incident picture as it was at the first dispatch; a part that was missing is named
 */
public record Incident(
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

        @Schema(type = "object", description = "GeoJSON geometry in WGS-84") @Nullable
        JsonNode footprint,

        double areaSquareKilometers,
        PeopleAffected peopleAffected,
        @Schema(implementation = GradeRecord.class) JsonNode grade,
        GovernanceUnit commandingUnit,
        List<GovernanceUnit> chain,
        List<Task> tasks,
        @Schema(type = "object") JsonNode picture,
        int reportCount) {

    public Incident {
        chain = List.copyOf(chain);
        tasks = List.copyOf(tasks);
    }

    /**
     * What one unit is to do.
     *
     * @param acknowledgeBy null for notices
     * @param digest a notice that may wait for the next digest
     */
    public record Task(
            UUID id,
            Tier tier,
            GovernanceUnit unit,
            TaskRole role,
            TaskStatus status,
            int version,
            Instant dispatchedAt,
            @Nullable Instant acknowledgeBy,
            @Nullable Instant resolveBy,
            boolean digest) {}

    /** The shape of a stored grade record, for the description of the interface. */
    @Schema(name = "Grade")
    record GradeRecord(
            @Schema(
                    nullable = true,
                    allowableValues = {"I", "II", "III", "IV"})
            String level,

            @Schema(
                    nullable = true,
                    allowableValues = {"R1", "R2", "R3"})
            String scope,

            int policyVersion,
            int catalogueVersion,
            long mapVersion,
            boolean corroborated,
            boolean needsPerson,
            List<Axis> axes) {

        /** One axis that had a value: which threshold it crossed, and where that comes from. */
        @Schema(name = "GradeAxis")
        record Axis(
                @Schema(example = "PEOPLE") String axis,
                @Schema(example = "640") double value,
                @Schema(example = "people") String unit,
                Basis basis,
                @Schema(nullable = true, example = "500") Double threshold,
                @Schema(nullable = true, example = "II") String level,
                @Schema(example = "geo-hazard plan") String source) {}
    }
}
