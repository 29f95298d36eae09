package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of an incident's timeline: who or which rule, when, from, to, why, and the incident's state after it.
 *
 * @param sequence grows along the timeline; not without holes
 * @param kind such as {@code OPENED}, {@code MERGED}, {@code GRADED}, {@code DISPATCHED}, {@code ESCALATED}
 * @param actor which rule ({@code rule:correlation@1}) or who did it
 * @param version the incident's version after it
 * @param reportId the report that caused it, where one did
 * @param detail what this line is about: {@code GRADED} the grade record, {@code DISPATCHED} the tasks and the rule, {@code ESCALATED}
 *     from whom to whom and why
 * @param traceId the trace of the request that caused it
 */
public record TimelineEntry(
        long sequence,
        String kind,
        Instant recordedAt,
        String actor,
        int version,
        @Nullable IncidentStatus statusBefore,
        IncidentStatus statusAfter,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        GovernanceUnit commandingUnit,
        int reportCount,
        long peopleAffected,
        double areaSquareKilometers,
        @Nullable UUID reportId,

        @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        JsonNode detail,

        @Nullable String traceId) {}
