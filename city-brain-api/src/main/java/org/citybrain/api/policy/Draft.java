package org.citybrain.api.policy;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a person writes.
 *
 * @param document the whole policy, not only what changes
 * @param note what it changes and why; kept with it
 * @param basedOn the version that it was made from
 */
public record Draft(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = "object",
                additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
                description = "The whole policy, as `GET /v1/policies/{kind}/schema` describes it")
        @Nullable
        JsonNode document,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                minLength = 1,
                maxLength = 1000,
                example = "people at risk: level II from 400, as the flood plan of May says")
        @Nullable
        String note,

        @Schema(description = "The version that it was made from", minimum = "1", example = "1") @Nullable
        Integer basedOn) {}
