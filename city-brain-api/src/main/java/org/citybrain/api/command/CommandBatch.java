package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a phone has queued while it had no network, in the order in which it was done. */
@Schema(name = "CommandBatch")
record CommandBatch(
        @ArraySchema(
                minItems = 1,
                maxItems = CommandBatch.MOST,
                arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED))
        @Nullable
        List<@Nullable Item> commands) {

    static final int MOST = 500;

    /**
     * One command, as it would have been sent alone.
     *
     * @param path of the command
     * @param idempotencyKey as the header
     * @param ifMatch as the header; absent where there is `afterKey`
     * @param afterKey as the header `After-Key`: the key of the command that this one was queued behind
     * @param body of the command; absent: `{}`
     */
    @Schema(name = "QueuedCommand")
    record Item(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "/v1/tasks/0197e3a4-6010-8d55-8f0a-1e2d3c4b5a69/acknowledge")
            @Nullable
            String path,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String idempotencyKey,

            @Schema(example = "\"1\"") @Nullable String ifMatch,
            @Nullable String afterKey,

            @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @Nullable
            JsonNode body) {}
}
