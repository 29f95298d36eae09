package org.citybrain.api.parked;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a decision.
 *
 * @param status {@code PARKED} where a retry failed again: it still waits
 * @param outcome what became of the report when it was processed again
 * @param incidentId the incident that it opened or was merged into
 * @param detail why it failed again or was rejected
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settlement(
        UUID id,
        ParkedStatus status,

        @Schema(allowableValues = {"OPENED", "MERGED", "REJECTED", "DUPLICATE", "PARKED"}) @Nullable
        String outcome,

        @Nullable UUID incidentId,
        @Nullable String detail) {}
