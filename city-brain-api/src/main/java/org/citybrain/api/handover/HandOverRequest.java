package org.citybrain.api.handover;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operator hands over. */
public record HandOverRequest(
        @Schema(description = "The person's own unit or one below it; their own where absent", example = "500112")
        @Nullable
        String unit,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "What the next one has to know; no personal data",
                minLength = 1,
                maxLength = 4000,
                example = "The gauge at the north bridge is being repaired; call the street before you dispatch.")
        @Nullable
        String text,

        @ArraySchema(
                arraySchema = @Schema(description = "Incidents that need special care: ids"),
                schema = @Schema(type = "string", format = "uuid"),
                maxItems = 100)
        @Nullable
        List<UUID> incidents) {}
