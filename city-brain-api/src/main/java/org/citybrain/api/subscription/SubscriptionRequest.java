package org.citybrain.api.subscription;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/** What somebody wants to be told of. */
public record SubscriptionRequest(
        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "Codes of units, each the person's own or below it. Absent: their own. `DISPATCHED_TO_UNIT` is told for these very units, all else for what lies in them or was dispatched to or below them"),
                schema = @Schema(type = "string", example = "500112"),
                maxItems = 20)
        @Nullable
        List<String> units,

        @Schema(description = "Of these levels only. Absent and `scopes` absent: of all. Everyday matters have none")
        @Nullable
        Set<Level> levels,

        @Schema(description = "Everyday matters of these scopes only") @Nullable
        Set<HandlingScope> scopes,

        @ArraySchema(
                arraySchema = @Schema(description = "Of these types only, codes of the item catalogue. Absent: of all"),
                schema = @Schema(type = "string", example = "flood.waterlogging"),
                maxItems = 100)
        @Nullable
        Set<String> types,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Of what; at least one") @Nullable
        Set<NoticeEvent> events,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        Channel channel,

        @Schema(
                description = "Where a webhook is sent to: https, a host with public addresses only. Not with `LIVE`",
                maxLength = 2000,
                example = "https://duty.example/city-brain")
        @Nullable
        String url) {}
