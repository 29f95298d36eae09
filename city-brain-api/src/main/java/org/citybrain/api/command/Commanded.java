package org.citybrain.api.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.Department;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What a command has come to. The same command sent again is answered by the same.
 *
 * @param command as in its path
 * @param incident as it was right after it
 * @param other the second incident, where the command concerns two: the one that goes on after a merge, the new one after a split
 * @param task as it was right after it, where the command is on a task
 * @param checkIn as it was right after it, where the command is on a check-in
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Commanded(
        String command,
        Instant decidedAt,
        State incident,
        @Nullable State other,
        @Nullable TaskState task,
        @Nullable CheckInState checkIn) {

    /**
     * What a person needs to know of an incident in order to decide on it.
     *
     * @param version also the {@code ETag}
     * @param level absent for everyday matters
     * @param scope absent for all others
     * @param commandingUnit its code
     * @param mergedInto the incident that it became part of
     * @param changedBy who ({@code person:ACCOUNT}) or which rule brought it to this version
     */
    @Schema(name = "CommandedIncident")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record State(
            UUID id,
            String number,
            int version,
            IncidentStatus status,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            boolean corroborated,
            String commandingUnit,
            int reportCount,
            @Nullable UUID mergedInto,
            String changedBy,
            Instant changedAt) {}

    /**
     * What a person needs to know of a task in order to decide on it.
     *
     * @param version also the {@code ETag}
     * @param unitCode the handling unit, or the one that the department serves
     * @param acknowledgeBy absent for notices
     * @param department whose task it is; absent for the unit's own
     * @param changedBy who ({@code person:ACCOUNT}) or which rule brought it to this version
     */
    @Schema(name = "CommandedTask")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TaskState(
            UUID id,
            int version,
            Tier tier,
            String unitCode,
            TaskRole role,
            TaskStatus status,
            Instant dispatchedAt,
            @Nullable Instant acknowledgeBy,
            @Nullable Instant resolveBy,
            @Nullable Department department,
            String changedBy,
            Instant changedAt) {}

    /**
     * What a person needs to know of a check-in in order to decide on it.
     *
     * @param round how many times this department has been summoned to the incident, this time included
     * @param version also the {@code ETag}
     * @param whistledBy the account that whistled
     * @param whistledUnit the code of its unit
     * @param dueAt who checks in later is late
     * @param absentFrom who has not checked in by then is absent
     * @param changedBy who ({@code person:ACCOUNT}) or which rule brought it to this version
     */
    @Schema(name = "CommandedCheckIn")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CheckInState(
            UUID id,
            UUID incidentId,
            int round,
            int version,
            CheckInStatus status,
            Department department,
            String whistledBy,
            String whistledUnit,
            Instant dueAt,
            Instant absentFrom,
            String changedBy) {}
}
