package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.checkin.CheckIn;
import org.citybrain.api.checkin.Feedback;
import org.citybrain.api.task.CalledDepartment;
import org.citybrain.api.unit.GovernanceUnit;
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
 * @param locationUnit the unit that a caller named in the place of coordinates: then {@code location} is its representative point, and
 *     the place is no better known than that. Null where coordinates were given
 * @param footprint all footprints of its reports joined, GeoJSON in WGS-84; null where none was given
 * @param areaSquareKilometers of the footprint, on the ellipsoid
 * @param nextSituationReportBy when the unit in command has to report on the situation next; null unless it is of level I or II and not
 *     resolved yet
 * @param chain the five units from the city down to the grid of its location
 * @param shares how much of it lies in each grid that it touches, lowest code first
 * @param checkIns the departments that were summoned by a whistle, in the order of their whistles
 * @param feedback what was said of it when it was over, in the order in which it was given
 * @param mergedInto the incident that it became part of; null unless it is {@code MERGED}
 * @param allowed the commands that the reader may send now, as in their paths; one may ask more when it comes
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
        @Nullable UUID mergedInto,
        Position location,

        @Nullable GovernanceUnit locationUnit,

        @Schema(
                types = {"object", "null"},
                additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
                description = "GeoJSON geometry in WGS-84")
        @Nullable
        JsonNode footprint,

        double areaSquareKilometers,
        PeopleAffected peopleAffected,
        Grade grade,
        GovernanceUnit commandingUnit,
        @Nullable Instant nextSituationReportBy,
        List<GovernanceUnit> chain,
        List<GridShare> shares,
        List<Task> tasks,
        List<CheckIn> checkIns,
        List<Feedback> feedback,

        @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE, description = """
                        What was known at the first dispatch, each part only where it could be had: `locatedBy` where a unit \
                        was named in the place of coordinates, `chain` with `staffOnDuty`, \
                        `people` with its basis, `keyPlacesWithin` and `keyPlacesWithinCount`, `keyPlacesNear`, `devicesNear` and \
                        `devicesNearCount`, `departments`, `openIncidentsNear` and `moreOpenIncidentsNear`. Near is within 500 m, \
                        the nearest ten first. `missing` names the parts that could not be had, `missingBecause` says why""")
        JsonNode picture,

        int reportCount,
        List<String> allowed) {

    public Incident {
        allowed = List.copyOf(allowed);
        chain = List.copyOf(chain);
        shares = List.copyOf(shares);
        tasks = List.copyOf(tasks);
        checkIns = List.copyOf(checkIns);
        feedback = List.copyOf(feedback);
    }

    /**
     * How much of an incident lies in one grid.
     *
     * @param area its part of the footprint's area, 0 to 1; all of them add up to 1. Where there is no footprint all grids have the same
     * @param people its part of the people under the footprint, 0 to 1; all of them add up to 1
     */
    public record GridShare(GovernanceUnit grid, double area, double people) {}

    /**
     * What one unit is to do.
     *
     * @param acknowledgeBy null for notices
     * @param digest a notice that may wait for the next digest
     * @param department whose task it is; null for the unit's own
     * @param board of a street's own task: which of its four boards the incident's type belongs to; else null
     */
    @Schema(name = "IncidentTask")
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
            boolean digest,
            @Nullable CalledDepartment department,
            @Nullable String board) {}
}
