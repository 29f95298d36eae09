package org.citybrain.api.handover;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * What was handed over.
 *
 * @param text the operator's own words
 * @param incidents those that they pointed out
 * @param situation how things stood at that moment
 * @param handedBy the account
 * @param takenOverBy the account of the next one; null as long as nobody has taken over
 */
public record HandOver(
        UUID id,
        GovernanceUnit unit,
        String text,
        List<UUID> incidents,
        Situation situation,
        String handedBy,
        Instant handedAt,
        @Nullable String takenOverBy,
        @Nullable Instant takenOverAt) {

    public HandOver {
        incidents = List.copyOf(incidents);
    }

    /**
     * How things stood in the unit.
     *
     * @param open open incidents
     * @param overdue those of them with a task that nobody had acknowledged or completed by its deadline
     * @param toBeVerified those that were resolved and waited for verification
     * @param gravest the gravest of the open ones, at most a hundred: by level, then scope, the oldest first
     */
    public record Situation(long open, long overdue, long toBeVerified, List<Standing> gravest) {

        public Situation {
            gravest = List.copyOf(gravest);
        }
    }

    /** An open incident. */
    @Schema(name = "StandingIncident")
    public record Standing(
            UUID id,
            String number,
            String type,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            IncidentStatus status,
            Instant openedAt,
            boolean overdue) {}
}
