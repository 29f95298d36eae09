package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/** The bodies of commands. dispatch-service judges them; here they only have to be such bodies. */
final class Orders {

    private Orders() {}

    /** @param missedBy registered sources that should have reported it and did not: each is labelled */
    @Schema(name = "ConfirmIncident")
    record Confirm(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the camera on the bridge shows it")
            @Nullable
            String reason,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "gw-17")) @Nullable
            List<@Nullable String> missedBy) {}

    /**
     * Either a level or, for everyday matters, a scope.
     *
     * @param level for emergencies
     * @param scope for everyday matters
     */
    @Schema(name = "RegradeIncident")
    record Regrade(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the school was empty: holidays")
            @Nullable
            String reason,

            @Nullable Level level,
            @Nullable HandlingScope scope) {}

    @Schema(name = "MarkIncidentFalse")
    record MarkFalse(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "a test of the gauge")
            @Nullable
            String reason) {}

    /** @param into the incident that goes on */
    @Schema(name = "MergeIncident")
    record Merge(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the same burst main, seen from two streets")
            @Nullable
            String reason,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            UUID into) {}

    /** @param reports some of its reports, not all */
    @Schema(name = "SplitIncident")
    record Split(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "two cellars, not one")
            @Nullable
            String reason,

            @ArraySchema(
                    minItems = 1,
                    maxItems = 500,
                    arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED),
                    schema = @Schema(type = "string", format = "uuid"))
            @Nullable
            List<@Nullable UUID> reports) {}
}
