package org.citybrain.api.live;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event {@code incident}: one line of a timeline and the incident after it. The grade's reasons and other details are in
 * the timeline itself.
 *
 * @param kind what happened, as in the timeline
 * @param actor which rule or who did it
 * @param reportId the report that caused it, where one did
 * @param level absent for everyday matters
 * @param scope absent for all others
 * @param location in WGS-84
 * @param commandingUnit a unit's code, as the grid's
 */
record LiveIncident(
        UUID id,
        String number,
        int version,
        String kind,
        Instant recordedAt,
        String actor,
        @Nullable UUID reportId,
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
