package org.citybrain.api.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A result for each command of a batch, in its order. */
record CommandResults(List<Result> results) {

    CommandResults {
        results = List.copyOf(results);
    }

    /**
     * What a command would have been answered alone.
     *
     * @param eTag the version of what it is on, after it, or as it is where it was refused for a stale one
     * @param body what it has come to, or the problem
     */
    @Schema(name = "CommandResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            int status,
            @Nullable String eTag,

            @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
            JsonNode body) {}
}
