package org.citybrain.api.parked;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A parked report with the record that it came as.
 *
 * @param headers of the record, by name
 * @param payload the record's value as text; null where it is no UTF-8
 * @param payloadBase64 the record's value, byte by byte
 */
public record ParkedRecord(
        @JsonUnwrapped ParkedReport report,

        @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        JsonNode headers,

        @Nullable String payload,
        String payloadBase64) {}
