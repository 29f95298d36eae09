package org.citybrain.api.department;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.Department;
import org.citybrain.messages.EffectivenessRating;
import org.jspecify.annotations.Nullable;

/**
 * A line of a timeline, as far as it tells of one summons.
 *
 * @param facts what the line says of the summons
 */
record LogLine(
        UUID checkInId,
        Kind kind,
        long sequence,
        Instant recordedAt,
        UUID incidentId,
        String incidentNumber,
        Facts facts) {

    /** The kinds of lines that departments are scored by. */
    enum Kind {
        WHISTLED,
        CHECKED_IN,
        SERVED,
        RATED,
        ABSENT,
        RELEASED
    }

    /**
     * What a line says, each kind of line its own part of it.
     *
     * @param whistledUnit the code of the unit that whistled
     * @param dueAt of {@code WHISTLED}, as are policyVersion and points
     * @param policyVersion of the routing policy
     * @param points that it gives for each outcome
     * @param at of {@code CHECKED_IN}, as is outsideSurroundings
     * @param rating of {@code RATED}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Facts(
            Department department,
            String whistledUnit,
            @Nullable Instant dueAt,
            @Nullable Integer policyVersion,
            @Nullable Points points,
            @Nullable Instant at,
            @Nullable Boolean outsideSurroundings,
            @Nullable EffectivenessRating rating) {}
}
