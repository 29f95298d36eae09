package org.citybrain.api.department;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.EffectivenessRating;
import org.jspecify.annotations.Nullable;

/**
 * One summons behind a department's score, as the timeline of its incident tells it.
 *
 * @param whistledBy the unit that whistled
 * @param checkedInAt by the clock of whoever checked in; this is held against {@code dueAt}
 * @param recordedAt when the check-in came in
 * @param outsideSurroundings whether it was made too far from the incident; counts nothing
 * @param served whether the department said what it did
 * @param rating by whoever whistled; null as long as there is none
 * @param points null where it counts nowhere
 * @param policyVersion the routing policy's version that the time and the points are from
 */
public record ScoreLine(
        UUID checkInId,
        UUID incidentId,
        String incidentNumber,
        GovernanceUnit whistledBy,
        Instant whistledAt,
        Instant dueAt,
        @Nullable Instant checkedInAt,
        @Nullable Instant recordedAt,
        @Nullable Boolean outsideSurroundings,
        boolean served,
        @Nullable EffectivenessRating rating,
        Outcome outcome,
        @Nullable Integer points,
        int policyVersion) {}
