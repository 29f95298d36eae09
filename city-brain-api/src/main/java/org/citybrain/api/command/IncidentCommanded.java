package org.citybrain.api.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a command has come to. The same command sent again is answered by the same.
 *
 * @param command as in its path
 * @param incident as it was right after it
 * @param other the second incident, where the command concerns two: the one that goes on after a merge, the new one after a split
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentCommanded(
        String command,
        Instant decidedAt,
        State incident,
        @Nullable State other) {

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
}
