package org.citybrain.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of an incident's timeline, with the incident's state after it. The CloudEvent's id is stable: the same line sent
 * again has the same id.
 *
 * @param sequence grows along the timeline of one incident; not without holes
 * @param actor which rule ({@code rule:grading@1}) or who did it ({@code person:district-operator})
 * @param reportId the report that caused it, where one did
 * @param detail what this line is about: {@code GRADED} and {@code REGRADED} the grade record, what changed tasks those {@code
 *     tasks}, what a person decided its reason
 */
public record IncidentChanged(
        UUID incidentId,
        long sequence,
        IncidentEventKind kind,
        Instant recordedAt,
        String actor,
        @Nullable UUID reportId,
        State incident,
        JsonNode detail) {

    /**
     * The incident after the change.
     *
     * @param number readable, by day: {@code 20261123-000017}
     * @param version moves with status, grade and commander, not with each merged report
     * @param level absent for everyday matters
     * @param scope absent for all others
     * @param commandingUnit the code of the unit in command
     * @param areaSquareKilometers on the ellipsoid
     */
    public record State(
            String number,
            int version,
            String type,
            IncidentCategory category,
            IncidentStatus status,
            @Nullable IncidentStatus statusBefore,
            Instant openedAt,
            Position location,
            String gridCode,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            String commandingUnit,
            int reportCount,
            long peopleAffected,
            double areaSquareKilometers) {}
}
