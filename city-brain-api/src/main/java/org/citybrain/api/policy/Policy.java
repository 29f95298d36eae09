package org.citybrain.api.policy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;

/**
 * A version of a policy with its document.
 *
 * @param document as {@code GET /v1/policies/{kind}/schema} describes it
 */
public record Policy(
        @JsonUnwrapped PolicySummary summary,

        @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        JsonNode document) {}
