package org.citybrain.api.checkin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.Department;
import org.citybrain.messages.EffectivenessRating;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * One department's summons to one incident, and what became of it.
 *
 * @param incidentId the incident that it was summoned to
 * @param round how many times this department has been summoned to the incident, this time included
 * @param version also the {@code ETag}
 * @param department its name as it was when it was summoned
 * @param departmentUnit the unit that it serves
 * @param taskId the department's task
 * @param whistledBy the account that whistled
 * @param whistledUnit its unit
 * @param reason why it was whistled
 * @param dueAt who checks in later is late
 * @param absentFrom who has not checked in by then is absent
 * @param arrival how it checked in; null as long as it has not
 * @param service what it did; null as long as it has not said it
 * @param rating what whoever whistled says of it; null as long as they have not
 * @param endedAt when it was rated, found absent, or released because the incident ended before it was due
 * @param allowed the commands that the reader may send now, as in their paths
 */
public record CheckIn(
        UUID id,
        UUID incidentId,
        int round,
        int version,
        CheckInStatus status,
        Department department,
        GovernanceUnit departmentUnit,
        UUID taskId,
        Instant whistledAt,
        String whistledBy,
        GovernanceUnit whistledUnit,
        String reason,
        Instant dueAt,
        Instant absentFrom,
        @Nullable Arrival arrival,
        @Nullable Service service,
        @Nullable Rating rating,
        @Nullable Instant endedAt,
        List<String> allowed) {

    public CheckIn {
        allowed = List.copyOf(allowed);
    }

    /**
     * How a department checked in.
     *
     * @param at by the clock of whoever checked in
     * @param by the account
     * @param location in WGS-84
     * @param metersAway from the incident's footprint, or its place where there is none
     * @param outsideSurroundings whether that is more than the policy lets pass as in place
     * @param late whether it was after {@code dueAt}
     */
    public record Arrival(
            Instant at, String by, Position location, double metersAway, boolean outsideSurroundings, boolean late) {}

    /**
     * What a department did.
     *
     * @param by the account
     * @param evidence SHA-256 of what was uploaded, in hexadecimal digits
     */
    public record Service(Instant at, String by, String text, List<String> evidence) {

        public Service {
            evidence = List.copyOf(evidence);
        }
    }

    /** @param by the account */
    public record Rating(
            Instant at, String by, @JsonProperty("rating") EffectivenessRating given, String reason) {}
}
