package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/** The bodies of commands on incidents. dispatch-service judges them; here they only have to be such bodies. */
final class IncidentOrders {

    private IncidentOrders() {}

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

    /** @param force also where others are still at work: then it needs a reason */
    @Schema(name = "ResolveIncident")
    record Resolve(
            @Schema(minLength = 1, maxLength = 1000, example = "pumped dry, the road is open") @Nullable
            String reason,

            @Nullable Boolean force) {}

    /** @param text what others should know */
    @Schema(name = "Note")
    record Note(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the school sends the children home at noon")
            @Nullable
            String text) {}

    /**
     * How it stands. Its figures are told, not graded by.
     *
     * @param peopleAffected now
     * @param casualties so far
     * @param next when the next one is to be expected
     */
    @Schema(name = "SituationReport")
    record ReportSituation(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the water falls by 5 cm an hour")
            @Nullable
            String text,

            @Schema(minimum = "0") @Nullable Long peopleAffected,
            @Nullable Casualties casualties,
            @Nullable Instant next) {}

    record Casualties(@Nullable Long deaths, @Nullable Long seriousInjuries) {}

    /** @param unit that is chased; absent: the one in command */
    @Schema(name = "SuperviseIncident")
    record Supervise(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "nothing has been heard for an hour")
            @Nullable
            String reason,

            @Schema(example = "500112001") @Nullable String unit) {}

    /**
     * @param units codes of units below the one in command
     * @param departments codes of departments that serve it or a unit below it
     */
    @Schema(name = "Mobilise")
    record Mobilise(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "the pumps of the next street are needed")
            @Nullable
            String reason,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "500112002")) @Nullable
            List<@Nullable String> units,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "500112-fire-and-rescue")) @Nullable
            List<@Nullable String> departments) {}

    /**
     * @param what is needed
     * @param units from which it should come, where the one that asks knows
     * @param departments from which it should come, where the one that asks knows
     */
    @Schema(name = "SupportRequest")
    record RequestSupport(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1,
                    maxLength = 1000,
                    example = "two more pumps and their crews")
            @Nullable
            String what,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "500112002")) @Nullable
            List<@Nullable String> units,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "500112-fire-and-rescue")) @Nullable
            List<@Nullable String> departments) {}

    /**
     * @param request as the line `SUPPORT_REQUESTED` of the timeline names it
     * @param units that are given a task; they lie in the subtree of whoever grants
     * @param departments that are given a task
     */
    @Schema(name = "SupportGrant")
    record GrantSupport(
            @Schema(minLength = 1, maxLength = 1000) @Nullable
            String reason,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            UUID request,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "500112002")) @Nullable
            List<@Nullable String> units,

            @ArraySchema(maxItems = 50, schema = @Schema(type = "string", example = "500112-fire-and-rescue")) @Nullable
            List<@Nullable String> departments) {}
}
